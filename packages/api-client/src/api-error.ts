/** What the server said no with. `status` 0: it could not be reached. */
export class ApiError extends Error {
  readonly status: number
  /** ThingsBoard's errorCode; 0 when the answer had none. */
  readonly errorCode: number
  /** With an expired password: what to choose a new one with. */
  readonly resetToken: string | undefined

  constructor(
    status: number,
    errorCode: number,
    message: string,
    options?: { cause?: unknown; resetToken?: string | undefined },
  ) {
    super(message, options)
    this.name = 'ApiError'
    this.status = status
    this.errorCode = errorCode
    this.resetToken = options?.resetToken
  }

  get isUnreachable() {
    return this.status === 0 || this.status === 502 || this.status === 504
  }
}

/** Some endpoints answer errors as plain text, all others as JSON. */
export const toApiError = async (response: Response): Promise<ApiError> => {
  const text = await response.text()
  const body = parsed(text)
  if (typeof body === 'object' && body !== null && 'message' in body && typeof body.message === 'string') {
    const code = 'errorCode' in body && typeof body.errorCode === 'number' ? body.errorCode : 0
    const resetToken = 'resetToken' in body && typeof body.resetToken === 'string' ? body.resetToken : undefined
    return new ApiError(response.status, code, body.message, { resetToken })
  }
  const isShortText = text !== '' && text.length < 300 && !text.startsWith('<')
  return new ApiError(response.status, 0, isShortText ? text : `HTTP ${response.status}`)
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
