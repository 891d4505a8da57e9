'use client'
import type { PageData, Rpc } from '@thingwire/contracts'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useWidgetHost } from '../host/host-context.tsx'
import type { StoredCommandsRequest } from '../host/host.ts'

const everyMs = 5_000

/** A page of stored commands, asked for anew every few seconds while somebody looks. The last page stays meanwhile. */
export const useCommands = (request: StoredCommandsRequest) => {
  const { commands } = useWidgetHost()
  const [page, setPage] = useState<PageData<Rpc> | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const asking = useRef<AbortController | null>(null)
  const { page: number, pageSize, status, sort } = request
  const property = sort?.property
  const direction = sort?.direction
  const ask = useCallback(async () => {
    asking.current?.abort()
    const own = new AbortController()
    asking.current = own
    try {
      const order = property && direction ? { property, direction } : null
      const answer = await commands.stored({ page: number, pageSize, status, sort: order }, own.signal)
      if (own.signal.aborted) return
      setPage(answer)
      setProblem(null)
    } catch (error) {
      if (!own.signal.aborted) setProblem(error instanceof Error ? error.message : String(error))
    }
  }, [commands, number, pageSize, status, property, direction])
  useEffect(() => {
    void ask()
    const timer = setInterval(() => {
      if (!document.hidden) void ask()
    }, everyMs)
    return () => {
      clearInterval(timer)
      asking.current?.abort()
    }
  }, [ask])
  return { page, problem, ask }
}
