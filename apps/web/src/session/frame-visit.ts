import { ApiError, renewSessionBy } from '@/api/http.ts'
import { enterPublicly, getSession, type SessionView } from '@/api/session.ts'

/** Whether the page stands in a frame of another page. */
export const isFramed = (): boolean => window !== window.parent

/** The page stands in a frame in which the browser keeps no session: it can be opened by itself. */
export class NoSessionInFrameError extends Error {}

const isRefused = (error: unknown) => error instanceof ApiError && error.status === 401

/**
 * Comes in by a public link, also in a frame of another site: there the usual cookies are not kept, and a visitor gets one of
 * that site's frames. Rejects with `NoSessionInFrameError` where the browser keeps that neither.
 */
export const enterFromFrame = async (publicId: string): Promise<SessionView> => {
  await enterPublicly(publicId)
  try {
    return await getSession()
  } catch (error) {
    if (!isRefused(error)) throw error
  }
  await enterPublicly(publicId, true)
  try {
    const session = await getSession()
    renewSessionBy(() =>
      fetch('/api/session/public', {
        ...{ method: 'POST', credentials: 'same-origin' },
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ publicId, isFramed: true }),
      }),
    )
    return session
  } catch (error) {
    if (isRefused(error))
      throw new NoSessionInFrameError('The browser keeps no session in this frame', { cause: error })
    throw error
  }
}
