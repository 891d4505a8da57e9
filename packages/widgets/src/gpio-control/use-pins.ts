'use client'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useWidgetHost } from '../host/host-context.tsx'
import type { GpioControlSettings } from './manifest.ts'
import { type PinStates, paramsOf, readStates } from './requests.ts'

const unknown: PinStates = new Map()
const messageOf = (cause: unknown) => (cause instanceof Error ? cause.message : String(cause))

/** How the pins of the device are; asked once, and told anew with the answer to each change. */
export const usePins = (settings: GpioControlSettings) => {
  const { commands, functions } = useWidgetHost()
  const [states, setStates] = useState(unknown)
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState<number | string | 'all' | null>(null)
  const last = useRef(0)
  const pins = useMemo(() => settings.gpioList.map(({ pin }) => pin), [settings.gpioList])
  const call = useCallback(
    async (what: number | string | 'all', method: string, params: unknown) => {
      last.current += 1
      const own = last.current
      setBusy(what)
      setProblem(null)
      try {
        const answer = await commands.call(method, params, { timeoutMs: settings.requestTimeout })
        const read = await readStates(functions, settings.parseGpioStatusFunction, pins, answer)
        if (own === last.current) setStates(read)
      } catch (cause) {
        if (own === last.current) setProblem(messageOf(cause))
      } finally {
        if (own === last.current) setBusy(null)
      }
    },
    [commands, functions, settings.requestTimeout, settings.parseGpioStatusFunction, pins],
  )
  const { gpioStatusRequest, gpioStatusChangeRequest } = settings
  const ask = useCallback(
    () => call('all', gpioStatusRequest.method, paramsOf(gpioStatusRequest.paramsBody, '', false)),
    [call, gpioStatusRequest],
  )
  useEffect(() => {
    void ask()
    return () => {
      // Answers that come when the device or the settings are others are for nobody.
      last.current += 1
    }
  }, [ask])
  return {
    ...{ states, problem, busy, ask },
    set: (pin: number | string, isOn: boolean) =>
      call(pin, gpioStatusChangeRequest.method, paramsOf(gpioStatusChangeRequest.paramsBody, pin, isOn)),
  }
}
