'use client'
import { cn } from '@thingwire/ui'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useWords } from '../../texts/use-texts.ts'
import { recall, type TerminalLine } from './command-line.ts'
import { terminalWords } from './words.ts'

const mostRemembered = 100

/** Lines that were said, and one to type. Light on dark in both themes, as terminals are. */
export const Terminal = (p: {
  name: string
  prompt: string
  lines: readonly TerminalLine[]
  isBusy: boolean
  isBlocked: boolean
  onLine: (line: string) => void
  /** What Ctrl+C does while something is under way. */
  onStop?: () => void
}) => {
  const words = useWords('terminal', terminalWords)
  const [text, setText] = useState('')
  const [past, setPast] = useState<{ lines: readonly string[]; back: number }>({ lines: [], back: 0 })
  const output = useRef<HTMLDivElement>(null)
  const newest = p.lines.at(-1)?.id
  useEffect(() => {
    // The newest line is what somebody at a terminal looks at.
    if (newest !== undefined) output.current?.scrollTo({ top: output.current.scrollHeight })
  }, [newest])
  const go = (by: number) => {
    const { back, text: line } = recall(past.lines, past.back + by)
    setPast({ ...past, back })
    setText(line)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      event.preventDefault()
      go(event.key === 'ArrowUp' ? 1 : -1)
    } else if (event.key === 'c' && event.ctrlKey && p.isBusy && p.onStop) {
      event.preventDefault()
      p.onStop()
    } else if (event.key === 'Enter' && !event.repeat) {
      event.preventDefault()
      if (p.isBusy || p.isBlocked) return
      const line = text.trim()
      if (line === '') return
      setPast({ lines: [...past.lines.filter((one) => one !== line), line].slice(-mostRemembered), back: 0 })
      setText('')
      p.onLine(line)
    }
  }
  return (
    <div data-theme="dark" className="flex size-full flex-col overflow-hidden bg-surface font-mono text-xs text-ink">
      <div
        ref={output}
        role="log"
        aria-label={words('output', { name: p.name })}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
        tabIndex={0}
        className="min-h-0 flex-1 overflow-y-auto p-3 -outline-offset-2"
      >
        {p.lines.map((line) => (
          <p
            key={line.id}
            className={cn(
              'break-words whitespace-pre-wrap',
              line.kind === 'error' && 'text-danger-text',
              line.kind === 'note' && 'text-ink-3',
              line.kind === 'output' && 'text-ink-2',
            )}
          >
            {line.prompt ? <span className="text-ok-text">{line.prompt} </span> : null}
            {line.text}
          </p>
        ))}
        {p.isBusy ? <p className="text-ink-3">{words('waiting')}</p> : null}
      </div>
      <div className="flex items-center gap-2 border-t px-3">
        <span aria-hidden className="max-w-[40%] shrink-0 truncate text-ok-text">
          {p.prompt}
        </span>
        <input
          aria-label={words('input', { name: p.name })}
          value={text}
          readOnly={p.isBlocked}
          autoCapitalize="off"
          autoComplete="off"
          spellCheck={false}
          placeholder={p.isBlocked ? words('lost') : undefined}
          onChange={({ target }) => setText(target.value)}
          onKeyDown={onKeyDown}
          className="h-11 min-w-0 flex-1 bg-transparent text-ink placeholder:text-ink-3 focus:outline-none sm:h-9"
        />
        {p.isBusy && p.onStop ? (
          <button type="button" onClick={p.onStop} className="h-11 shrink-0 px-2 text-ink-2 hover:text-ink sm:h-9">
            {words('stop')}
          </button>
        ) : null}
      </div>
    </div>
  )
}
