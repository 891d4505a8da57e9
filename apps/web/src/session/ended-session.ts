'use client'
import { createContext, use, useEffect, useRef, useState } from 'react'
import type { SessionView, UserView } from '@/api/session.ts'

/** The session ended while somebody was at work: the page stays, and what it asks for waits. */
export type EndedSession = {
  user: UserView
  /** Goes on with the page, as who has signed in. */
  goOn: (session: SessionView) => void
  /** To the sign-in page, for somebody else. */
  leave: () => void
}

const EndedContext = createContext<EndedSession | null>(null)
export const EndedSessionProvider = EndedContext.Provider
export const useEndedSession = () => use(EndedContext)

/** Asks those who are at work to sign in again: once, for all that waits for it. */
export const useSignInAgain = () => {
  const waiting = useRef<PromiseWithResolvers<boolean>>(null)
  const [isAsked, setAsked] = useState(false)
  const [ways] = useState(() => ({
    ask: (): Promise<boolean> => {
      waiting.current ??= Promise.withResolvers()
      setAsked(true)
      return waiting.current.promise
    },
    answer: (isIn: boolean): void => {
      waiting.current?.resolve(isIn)
      waiting.current = null
      setAsked(false)
    },
  }))
  useEffect(() => () => ways.answer(false), [ways])
  return { isAsked, ...ways }
}
