'use client'
import { createContext, type ReactNode, use, useEffect, useState, useSyncExternalStore } from 'react'
import { io } from 'socket.io-client'
import { peekEarly } from '@/api/early.ts'
import { keepSession } from '@/api/http.ts'
import { createGate } from './gate.ts'
import { type ConnectionState, type Live, LiveClient, type LiveListener, type LiveRequest } from './live-client.ts'

const LiveContext = createContext<Live | null>(null)
/** Puts another client in the place of the console's, for a part of a page. */
export const LiveClientProvider = LiveContext.Provider

/** Not the browser's next frame: to ask for one makes it draw the page, even if nobody shows what came. */
const soon = (run: () => void) => void setTimeout(run, document.hidden ? 250 : 16)

/** What the server tells within one of its ticks is shown in one frame: each frame costs the browser, however little changes. */
const gatherMs = 60

const createSchedule = () => {
  let due = () => {}
  const gate = createGate(gatherMs, () => soon(() => due()))
  return (run: () => void) => {
    due = run
    gate.pass()
  }
}

const pauseMs = 2_000
const pause = () => new Promise<void>((resolve) => setTimeout(resolve, pauseMs))

/** A server that stops says goodbye and comes up again; one that refuses the session may take a renewed one. */
const recover = async (isSessionOver: boolean): Promise<boolean> => {
  if (!isSessionOver) {
    await pause()
    return true
  }
  try {
    return await keepSession()
  } catch {
    await pause()
    return true
  }
}

const createClient = () =>
  new LiveClient({
    socket: io({
      autoConnect: false,
      transports: ['websocket', 'polling'],
      reconnectionDelay: 500,
      reconnectionDelayMax: 8_000,
      withCredentials: true,
    }),
    schedule: createSchedule(),
    now: Date.now,
    recover,
  })

let begun: LiveClient | null = null

/**
 * Begins the connection while the page is still put together, once somebody is known to be signed in: who subscribes does
 * not wait for it then. A public link may lead to another session than the browser has.
 */
const begin = async () => {
  if (location.search.includes('publicId=') || (await peekEarly('/api/session')) === null) return
  begun = createClient()
  begun.start()
}
if (typeof window !== 'undefined') void begin()

const takeBegun = (): LiveClient | null => {
  const client = begun
  begun = null
  return client
}

export const LiveProvider = ({ children }: { children: ReactNode }) => {
  const [client, setClient] = useState<LiveClient | null>(null)
  useEffect(() => {
    const before = takeBegun()
    const used = before ?? createClient()
    if (!before) used.start()
    setClient(used)
    return () => used.stop()
  }, [])
  return <LiveContext value={client}>{children}</LiveContext>
}

const startOfPage: ConnectionState = { status: 'connecting', since: 0 }
const nothingToLeave = () => undefined

export const useConnectionState = (): ConnectionState => {
  const client = use(LiveContext)
  return useSyncExternalStore(
    client?.onStateChange ?? (() => nothingToLeave),
    () => client?.state() ?? startOfPage,
    () => startOfPage,
  )
}

/** Listens while mounted. `request` null: not now. The listener may change without a new subscription. */
export const useLive = (request: LiveRequest | null, listener: LiveListener) => {
  const client = use(LiveContext)
  const key = request ? JSON.stringify(request) : null
  const [box] = useState({ listener })
  useEffect(() => {
    box.listener = listener
  })
  useEffect(() => {
    if (!client || !key) return
    return client.subscribe(JSON.parse(key) as LiveRequest, (change) => box.listener(change))
  }, [client, key, box])
}

export const useLiveClient = () => use(LiveContext)
