'use client'
import { cva, type VariantProps } from 'class-variance-authority'
import { Check, Copy } from 'lucide-react'
import { type ComponentProps, type ReactNode, useEffect, useRef, useState } from 'react'
import { IconButton } from './button.tsx'
import { cn } from './cn.ts'

const badge = cva('inline-flex h-5 items-center gap-1.5 rounded-full px-2 text-2xs font-medium whitespace-nowrap', {
  variants: {
    tone: {
      neutral: 'bg-hover text-ink-2',
      accent: 'bg-accent-soft text-accent-text',
      ok: 'bg-ok-soft text-ok-text',
      info: 'bg-info-soft text-info-text',
      warn: 'bg-warn-soft text-warn-text',
      alert: 'bg-alert-soft text-alert-text',
      danger: 'bg-danger-soft text-danger-text',
    },
  },
  defaultVariants: { tone: 'neutral' },
})
export type Tone = NonNullable<VariantProps<typeof badge>['tone']>

export const Badge = ({ tone, className, ...props }: ComponentProps<'span'> & { tone?: Tone }) => (
  <span className={cn(badge({ tone }), className)} {...props} />
)

const dotTone: Record<Tone, string> = {
  neutral: 'bg-ink-3',
  accent: 'bg-accent',
  ok: 'bg-ok',
  info: 'bg-info',
  warn: 'bg-warn',
  alert: 'bg-alert',
  danger: 'bg-danger',
}

/** Coloured dot; always beside words, because colour alone says nothing to some. */
export const StatusDot = ({ tone, pulse, className }: { tone: Tone; pulse?: boolean; className?: string }) => (
  <span aria-hidden className={cn('relative inline-flex size-2 shrink-0', className)}>
    {pulse ? <span className={cn('absolute inset-0 animate-ping rounded-full opacity-40', dotTone[tone])} /> : null}
    <span className={cn('relative size-2 rounded-full', dotTone[tone])} />
  </span>
)

export const Card = ({ className, ...props }: ComponentProps<'section'>) => (
  <section className={cn('rounded-lg border bg-surface shadow-card', className)} {...props} />
)

export const CardHeader = (p: {
  title: ReactNode
  description?: ReactNode
  actions?: ReactNode
  className?: string
}) => (
  <header className={cn('flex min-h-12 flex-wrap items-center gap-x-3 gap-y-2 border-b px-4 py-2', p.className)}>
    <div className="min-w-0 flex-1">
      <h2 className="text-sm font-semibold text-ink">{p.title}</h2>
      {p.description ? <p className="text-xs text-ink-3">{p.description}</p> : null}
    </div>
    {p.actions}
  </header>
)

export const Skeleton = ({ className }: { className?: string }) => (
  <span aria-hidden className={cn('block animate-shimmer rounded-md bg-hover', className)} />
)

/** What stands where there is nothing yet: what it is, and the next step. */
export const EmptyState = (p: {
  icon?: ReactNode
  title: ReactNode
  children?: ReactNode
  action?: ReactNode
  className?: string
  tone?: 'neutral' | 'danger'
}) => (
  <div className={cn('flex flex-col items-center justify-center px-6 py-14 text-center', p.className)}>
    {p.icon ? (
      <div
        aria-hidden
        className={cn(
          'mb-4 flex size-11 items-center justify-center rounded-xl border bg-sunken text-ink-3 [&_svg]:size-5 [&_svg]:stroke-[1.5]',
          p.tone === 'danger' && 'border-transparent bg-danger-soft text-danger-text',
        )}
      >
        {p.icon}
      </div>
    ) : null}
    <p className="text-base font-semibold text-ink">{p.title}</p>
    {p.children ? <div className="mt-1 max-w-sm text-sm text-balance text-ink-2">{p.children}</div> : null}
    {p.action ? <div className="mt-5 flex flex-wrap justify-center gap-2">{p.action}</div> : null}
  </div>
)

export const Kbd = ({ children }: { children: ReactNode }) => (
  <kbd className="inline-flex h-5 min-w-5 items-center justify-center rounded-sm border border-line-strong bg-sunken px-1 font-sans text-2xs text-ink-3">
    {children}
  </kbd>
)

/** Copies on click and says so for two seconds. `labels.copied` is announced. */
export const CopyButton = ({
  text,
  labels,
  className,
}: {
  text: string
  labels: { copy: string; copied: string }
  className?: string
}) => {
  const [copied, setCopied] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const copy = async () => {
    await copyText(text)
    setCopied(true)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setCopied(false), 2_000)
  }
  return (
    <>
      <IconButton
        label={copied ? labels.copied : labels.copy}
        size="icon-sm"
        onClick={() => void copy()}
        {...(className ? { className } : {})}
      >
        {copied ? <Check className="text-ok" /> : <Copy />}
      </IconButton>
      <span role="status" className="sr-only">
        {copied ? labels.copied : ''}
      </span>
    </>
  )
}

/** The clipboard API needs a secure context; a console reached by plain HTTP on a private network has none. */
export const copyText = async (text: string): Promise<void> => {
  if (navigator.clipboard) return navigator.clipboard.writeText(text)
  const area = document.createElement('textarea')
  area.value = text
  area.style.position = 'fixed'
  area.style.opacity = '0'
  document.body.append(area)
  area.select()
  document.execCommand('copy')
  area.remove()
}

export const CodeBlock = ({
  code,
  labels,
  className,
  wrap,
}: {
  code: string
  labels: { copy: string; copied: string }
  className?: string
  /** Long lines go on below instead of scrolling; for commands, which nobody reads in half. */
  wrap?: boolean
}) => (
  <div className={cn('group relative rounded-md border bg-sunken', className)}>
    <pre
      {...(wrap ? {} : { tabIndex: 0 })}
      className={cn(
        'py-2.5 pr-11 pl-3 font-mono text-xs leading-5 text-ink',
        wrap ? 'break-words whitespace-pre-wrap' : 'overflow-x-auto',
      )}
    >
      {code}
    </pre>
    <CopyButton text={code} labels={labels} className="absolute top-1.5 right-1.5 bg-sunken" />
  </div>
)

/** Head of a plain table inside a card; columns without a label are named for screen readers only. */
export const TableHead = (p: {
  columns: readonly { id: string; label: string; className?: string; isHidden?: boolean }[]
}) => (
  <thead>
    <tr className="text-left text-xs text-ink-3">
      {p.columns.map((column) => (
        <th key={column.id} scope="col" className={cn('h-9 px-3 font-medium first:pl-4 last:pr-4', column.className)}>
          {column.isHidden ? <span className="sr-only">{column.label}</span> : column.label}
        </th>
      ))}
    </tr>
  </thead>
)

/** Term and value pairs in two columns. */
export const Facts = ({ items }: { items: { term: string; value: ReactNode }[] }) => (
  <dl className="grid grid-cols-[minmax(96px,auto)_1fr] gap-x-4 gap-y-2 text-sm">
    {items.map((item) => (
      <div key={item.term} className="contents">
        <dt className="text-ink-3">{item.term}</dt>
        <dd className="min-w-0 break-words text-ink">{item.value}</dd>
      </div>
    ))}
  </dl>
)

export const Switch = (p: { checked: boolean; onChange: (checked: boolean) => void; label: string; id?: string }) => (
  <button
    type="button"
    role="switch"
    id={p.id}
    aria-checked={p.checked}
    aria-label={p.label}
    onClick={() => p.onChange(!p.checked)}
    className="relative h-[18px] w-8 rounded-full bg-line-strong transition-colors duration-100 aria-checked:bg-accent pointer-coarse:before:absolute pointer-coarse:before:-inset-x-1 pointer-coarse:before:-inset-y-[11px] pointer-coarse:before:content-['']"
  >
    <span
      className={cn(
        'absolute top-0.5 left-0.5 size-3.5 rounded-full bg-white shadow transition-transform duration-100',
        p.checked && 'translate-x-3.5',
      )}
    />
  </button>
)
