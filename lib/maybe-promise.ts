/** A value that is there, or will be. What is there is never made to wait. */
export type MaybePromise<T> = T | Promise<T>

/** Goes on with a value at once if it is there, else when it is. */
export const goOn = <T, U>(value: MaybePromise<T>, next: (value: T) => MaybePromise<U>): MaybePromise<U> =>
  value instanceof Promise ? value.then(next) : next(value)
