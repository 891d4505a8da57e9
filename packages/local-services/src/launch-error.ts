/** Something on this machine stands in the way; the message is one line that says what, the hint what to do. */
export class LaunchError extends Error {
  readonly hint: string

  constructor(message: string, hint: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'LaunchError'
    this.hint = hint
  }
}
