'use client'
import { useState } from 'react'
import { addLine, parseCall, printAnswer, type TerminalLine } from '../engines/terminal/command-line.ts'
import { Terminal } from '../engines/terminal/terminal.tsx'
import { useWidgetHost } from '../host/host-context.tsx'
import { WidgetNotice } from '../notice.tsx'
import { useWords } from '../texts/use-texts.ts'
import type { WidgetEntity, WidgetViewProps } from '../widget.ts'
import type { RpcTerminalSettings } from './manifest.ts'
import { exampleCalls, rpcTerminalWords } from './words.ts'

type Props = WidgetViewProps<RpcTerminalSettings>

export const RpcTerminal = (p: Props) => {
  const words = useWords('rpc-terminal', rpcTerminalWords)
  const { target } = useWidgetHost().commands
  if (p.state.status !== 'ready') return <WidgetNotice state={p.state} />
  if (!target) return <WidgetNotice state={{ status: 'empty', reason: words('noTarget') }} />
  return <Session key={target.id.id} {...p} target={target} isLost={p.state.staleSince !== null} />
}

const Session = ({ settings, target, isLost }: Props & { target: WidgetEntity; isLost: boolean }) => {
  const words = useWords('rpc-terminal', rpcTerminalWords)
  const { commands } = useWidgetHost()
  const greeting = { kind: 'note', prompt: '', text: words('greeting', { name: target.name }) } as const
  const [lines, setLines] = useState<readonly TerminalLine[]>(() => addLine([], greeting))
  const [isBusy, setBusy] = useState(false)
  const prompt = `${target.name}>`
  const say = (kind: TerminalLine['kind'], text: string, before = '') =>
    setLines((known) => addLine(known, { kind, text, prompt: before }))
  const run = async (line: string) => {
    if (line === 'clear') return setLines([])
    say('input', line, prompt)
    if (line === 'help') {
      for (const text of [words('help'), ...exampleCalls]) say('note', text)
      return
    }
    const call = parseCall(line)
    if (!call || isBusy) return
    setBusy(true)
    try {
      const answer = await commands.call(call.method, call.params, {
        timeoutMs: settings.requestTimeout,
        isPersistent: settings.requestPersistent,
        pollMs: settings.persistentPollingInterval,
      })
      say('output', printAnswer(answer))
    } catch (error) {
      say('error', error instanceof Error ? error.message : String(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Terminal
      name={target.name}
      prompt={prompt}
      lines={lines}
      isBusy={isBusy}
      isBlocked={isLost}
      onLine={(line) => void run(line)}
    />
  )
}
