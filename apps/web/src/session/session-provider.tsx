'use client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import { createContext, type ReactNode, use, useEffect } from 'react'
import { ApiError, onSessionEnd, renewSession } from '@/api/http.ts'
import type { SessionView, UserView } from '@/api/session.ts'
import { enterPublicly, getSession, signOut } from '@/api/session.ts'
import { type EndedSession, EndedSessionProvider, useSignInAgain } from './ended-session.ts'
import { enterFromFrame, isFramed, NoSessionInFrameError } from './frame-visit.ts'
import { signInPath } from './next-path.ts'
import { isVisitor } from './visitor.ts'
import { renewalDelayMs } from './renewal.ts'

const SessionContext = createContext<SessionView | null>(null)

const sessionKey = ['session'] as const

/** The id that a public link carries (as ThingsBoard's do). Whoever has an account keeps their own session. */
const loadSession = async (publicId: string | null, signal: AbortSignal): Promise<SessionView> => {
  if (publicId === null) return isFramed() ? loadInFrame(signal) : loadOwnSession(signal)
  try {
    const session = await loadOwnSession(signal)
    const isOther = isVisitor(session.user) && session.user.customerId.id !== publicId
    return isOther ? enterByLink(publicId) : session
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return enterByLink(publicId)
    throw error
  }
}

/** A public link that does not lead in: nothing is shared by it, or nothing any more. */
export class ClosedLinkError extends Error {}

const enterByLink = async (publicId: string): Promise<SessionView> => {
  try {
    return await (isFramed() ? enterFromFrame(publicId) : enterPublicly(publicId))
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) throw new ClosedLinkError(error.message, { cause: error })
    throw error
  }
}

/** A form for passwords has no place in frames of other pages. */
const loadInFrame = async (signal: AbortSignal): Promise<SessionView> => {
  try {
    return await loadOwnSession(signal)
  } catch (error) {
    if (error instanceof ApiError && error.status === 401)
      throw new NoSessionInFrameError(error.message, { cause: error })
    throw error
  }
}

/** An access cookie that ran out while the tab was closed is renewed before giving up. */
const loadOwnSession = async (signal: AbortSignal): Promise<SessionView> => {
  try {
    return await getSession(signal)
  } catch (error) {
    if (error instanceof ApiError && error.status === 401 && (await renewSession())) return getSession(signal)
    throw error
  }
}

const useGoToSignIn = () => {
  const router = useRouter()
  const pathname = usePathname()
  const search = useSearchParams().toString()
  const client = useQueryClient()
  return (hasEnded: boolean) => {
    client.clear()
    if (isFramed()) return location.reload()
    router.replace(signInPath(search ? `${pathname}?${search}` : pathname, hasEnded))
  }
}

/** Shows `children` to people who are signed in, sends all others to the sign-in page and back afterwards. */
export const SessionProvider = (p: {
  children: ReactNode
  waiting: ReactNode
  failed: (retry: () => void, error: Error) => ReactNode
}) => {
  const publicId = useSearchParams().get('publicId')
  const query = useQuery({
    queryKey: sessionKey,
    queryFn: ({ signal }) => loadSession(publicId, signal),
    staleTime: Infinity,
  })
  const goToSignIn = useGoToSignIn()
  const client = useQueryClient()
  const user = query.data?.user
  const isSignedOut = query.error instanceof ApiError && query.error.status === 401
  const { isAsked, ask, answer } = useSignInAgain()

  const end = async (): Promise<boolean> => {
    // Visitors come in by their link, and frames have no place for a password.
    if (user && !isVisitor(user) && !isFramed()) return ask()
    goToSignIn(user !== undefined)
    return false
  }
  useEffect(() => {
    if (isSignedOut) void end()
  })
  useEffect(() => onSessionEnd(end))
  const ended: EndedSession | null =
    user && isAsked
      ? {
          user,
          goOn: (session) => {
            // Nobody sees what was loaded for somebody else.
            if (session.user.id.id !== user.id.id) return location.reload()
            client.setQueryData(sessionKey, session)
            answer(true)
          },
          leave: () => {
            answer(false)
            goToSignIn(false)
          },
        }
      : null
  const { refetch } = query
  const expiresAt = query.data?.expiresAt
  useEffect(() => {
    if (expiresAt === undefined) return
    const timer = setTimeout(
      () =>
        void renewSession().then(
          async (renewed) => {
            if (renewed) await refetch()
          },
          // The next request renews it.
          () => undefined,
        ),
      renewalDelayMs(expiresAt, Date.now()),
    )
    return () => clearTimeout(timer)
  }, [expiresAt, refetch])

  if (query.data)
    return (
      <SessionContext value={query.data}>
        <EndedSessionProvider value={ended}>{p.children}</EndedSessionProvider>
      </SessionContext>
    )
  if (query.error && !isSignedOut) return p.failed(() => void refetch(), query.error)
  return p.waiting
}

export const useUser = (): UserView => {
  const session = use(SessionContext)
  if (!session) throw new Error('useUser is called outside of SessionProvider')
  return session.user
}

export const useSignOut = () => {
  const router = useRouter()
  const client = useQueryClient()
  return async () => {
    // Whoever goes is not asked to come back.
    const stay = onSessionEnd(async () => false)
    try {
      await signOut()
    } catch (error) {
      stay()
      throw error
    }
    client.clear()
    router.replace('/sign-in')
  }
}
