/** Something that whoever runs the demo can put right: its message is all that is printed. */
export class UserError extends Error {}
