/** Express 4 beside Express 5, by an npm alias. */
declare module 'express4' {
  // eslint-disable-next-line import-x/no-default-export -- it is Express that has one
  export { default } from 'express'
}
