'use client'
import { useEffect, useRef, useState } from 'react'
import { addLine, type TerminalLine } from '../engines/terminal/command-line.ts'
import { Terminal } from '../engines/terminal/terminal.tsx'
import { useWidgetHost } from '../host/host-context.tsx'
import { WidgetNotice } from '../notice.tsx'
import { useWords } from '../texts/use-texts.ts'
import type { WidgetEntity, WidgetViewProps } from '../widget.ts'
import type { RpcRemoteShellSettings } from './manifest.ts'
import { createShell } from './shell.ts'
import { remoteShellWords } from './words.ts'

type Props = WidgetViewProps<RpcRemoteShellSettings>

export const RpcRemoteShell = (p: Props) => {
  const words = useWords('rpc-remote-shell', remoteShellWords)
  const { target } = useWidgetHost().commands
  if (p.state.status !== 'ready') return <WidgetNotice state={p.state} />
  if (!target) return <WidgetNotice state={{ status: 'empty', reason: words('noTarget') }} />
  return <Session key={target.id.id} {...p} target={target} isLost={p.state.staleSince !== null} />
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

const useShell = (target: WidgetEntity, timeoutMs: number) => {
  const words = useWords('rpc-remote-shell', remoteShellWords)
  const { commands } = useWidgetHost()
  const greeting = { kind: 'note', prompt: '', text: words('greeting', { name: target.name }) } as const
  const [lines, setLines] = useState<readonly TerminalLine[]>(() => addLine([], greeting))
  const [isBusy, setBusy] = useState(true)
  const [cwd, setCwd] = useState<string | null>(null)
  const shell = useRef<ReturnType<typeof createShell> | null>(null)
  const say = (kind: TerminalLine['kind'], text: string, prompt = '') =>
    setLines((known) => addLine(known, { kind, text, prompt }))
  const now = useRef({ commands, say, words })
  now.current = { commands, say, words }
  useEffect(() => {
    const own = createShell({
      call: (method, params) => now.current.commands.call(method, params, { timeoutMs }),
      say: (kind, text) => now.current.say(kind, text),
      wait: pause,
    })
    let isGone = false
    shell.current = own
    own
      .open()
      .catch((error: unknown) => {
        if (!isGone) now.current.say('error', now.current.words('noShell', { reason: reasonOf(error) }))
      })
      .finally(() => {
        if (isGone) return
        setCwd(own.cwd())
        setBusy(false)
      })
    return () => {
      isGone = true
      own.close()
    }
  }, [timeoutMs])
  const prompt = cwd ? `${target.name}: ${cwd}>` : `${target.name}>`
  const run = async (line: string) => {
    const own = shell.current
    if (line === 'clear') return setLines([])
    if (!own || isBusy) return
    say('input', line, prompt)
    setBusy(true)
    try {
      await own.run(line)
      setCwd(own.cwd())
    } catch (error) {
      say('error', reasonOf(error))
    } finally {
      setBusy(false)
    }
  }
  const stop = () => {
    shell.current?.stop().catch((error: unknown) => say('error', reasonOf(error)))
  }
  return { lines, isBusy, prompt, run, stop }
}

const Session = ({ settings, target, isLost }: Props & { target: WidgetEntity; isLost: boolean }) => {
  const { lines, isBusy, prompt, run, stop } = useShell(target, settings.requestTimeout)
  return (
    <Terminal
      name={target.name}
      prompt={prompt}
      lines={lines}
      isBusy={isBusy}
      isBlocked={isLost}
      onLine={(line) => void run(line)}
      onStop={stop}
    />
  )
}
