'use client'
import type { EventInfo, PageData } from '@thingwire/contracts'
import { rangeOf } from '@thingwire/dashboards'
import { useEffect, useState } from 'react'
import type { EventsRequest } from '../host/events.ts'
import { useWidgetHost } from '../host/host-context.tsx'

const everyMs = 5_000

type Asked = Omit<EventsRequest, 'startTs' | 'endTs'>

/** A page of events in the widget's window of time, asked for anew every few seconds while the newest are shown. */
export const useEvents = (request: Asked, timeZone: string) => {
  const { events, time } = useWidgetHost()
  const [known, setKnown] = useState<{ asked: string; page: PageData<EventInfo> } | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const asked = JSON.stringify([request, time.model, timeZone])
  // biome-ignore lint/correctness/useExhaustiveDependencies: `asked` says all of them
  useEffect(() => {
    const stop = new AbortController()
    const ask = async () => {
      try {
        const page = await events.list({ ...request, ...rangeOf(time.model, Date.now(), timeZone) }, stop.signal)
        if (stop.signal.aborted) return
        setKnown({ asked, page })
        setProblem(null)
      } catch (error) {
        if (!stop.signal.aborted) setProblem(error instanceof Error ? error.message : String(error))
      }
    }
    void ask()
    const isLive = request.page === 0 && time.model.mode === 'realtime'
    const timer = isLive ? setInterval(() => !document.hidden && void ask(), everyMs) : undefined
    return () => {
      clearInterval(timer)
      stop.abort()
    }
  }, [events, asked])
  return { page: known?.page ?? null, isLoadingNext: known !== null && known.asked !== asked, problem }
}
