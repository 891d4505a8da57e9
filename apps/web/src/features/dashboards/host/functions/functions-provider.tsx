'use client'
import type { WidgetHost } from '@thingwire/widgets/manifests'
import { useTranslations } from 'next-intl'
import { createContext, type PropsWithChildren, useContext, useEffect, useMemo, useRef } from 'react'
import { createFunctionRunner } from './function-runner.ts'
import { loadModule } from './load-module.ts'
import { openSandboxFrame } from './sandbox-frame.ts'

const FunctionsContext = createContext<WidgetHost['functions'] | null>(null)

/**
 * One sandbox for the code of one dashboard, so that what one file's code leaves behind never meets another's. It starts
 * with the first call and goes with the dashboard.
 */
export const FunctionsProvider = ({ children }: PropsWithChildren) => {
  const t = useTranslations('sandbox')
  const runner = useRef<ReturnType<typeof createFunctionRunner> | null>(null)
  const words = useRef(t)
  words.current = t
  useEffect(
    () => () => {
      runner.current?.close()
      runner.current = null
    },
    [],
  )
  const port = useMemo<WidgetHost['functions']>(
    () => ({
      callMany: (...call) => {
        const say = words.current
        runner.current ??= createFunctionRunner({
          open: openSandboxFrame,
          loadModule,
          words: {
            timedOut: say('timedOut'),
            off: say('off'),
            crashed: say('crashed'),
            tooLarge: say('tooLarge'),
            tooMany: say('tooMany'),
            notStarted: say('notStarted'),
            closed: say('closed'),
          },
        })
        return runner.current.port.callMany(...call)
      },
    }),
    [],
  )
  return <FunctionsContext value={port}>{children}</FunctionsContext>
}

/** Runs functions of the dashboard around; without one, none. */
export const useFunctionsPort = (): WidgetHost['functions'] | null => useContext(FunctionsContext)
