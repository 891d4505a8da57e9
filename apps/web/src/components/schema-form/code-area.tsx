'use client'
import { cn, Textarea } from '@thingwire/ui'
import { type ComponentProps, useRef } from 'react'

const rows = { least: 4, most: 24 }

/** Text of a program with the numbers of its lines. Tab leaves it, as it leaves every control. */
export const CodeArea = ({ value, className, ...props }: ComponentProps<'textarea'> & { value: string }) => {
  const numbers = useRef<HTMLDivElement>(null)
  const lines = value.split('\n').length
  return (
    <div className={cn('relative', className)}>
      <div
        ref={numbers}
        aria-hidden
        className="pointer-events-none absolute inset-y-px left-px w-8 overflow-hidden rounded-l-md border-r bg-sunken py-1.5 pr-1.5 text-right font-mono text-xs leading-5 whitespace-pre text-ink-3 tabular-nums select-none"
      >
        {Array.from({ length: lines }, (_, index) => index + 1).join('\n')}
      </div>
      <Textarea
        value={value}
        rows={Math.min(Math.max(lines, rows.least), rows.most)}
        wrap="off"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        className="block resize-y overflow-auto pl-10 font-mono text-xs leading-5 whitespace-pre"
        onScroll={(event) => {
          if (numbers.current) numbers.current.scrollTop = event.currentTarget.scrollTop
        }}
        {...props}
      />
    </div>
  )
}
