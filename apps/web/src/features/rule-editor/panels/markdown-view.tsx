'use client'
import { cn } from '@thingwire/ui'
import type { ComponentProps } from 'react'
import Markdown, { type Components } from 'react-markdown'

type Of<Tag extends keyof React.JSX.IntrinsicElements> = ComponentProps<Tag> & { node?: unknown }

const heading = 'mt-5 mb-1.5 font-semibold text-ink first:mt-0'

/** Markdown in the type of the console. Headings begin below those of the panel, which has the second level. */
const components: Components = {
  h1: ({ node: _, ...p }: Of<'h1'>) => <h3 className={cn(heading, 'text-base')} {...p} />,
  h2: ({ node: _, ...p }: Of<'h2'>) => <h4 className={cn(heading, 'text-sm')} {...p} />,
  h3: ({ node: _, ...p }: Of<'h3'>) => <h5 className={cn(heading, 'text-sm')} {...p} />,
  p: ({ node: _, ...p }: Of<'p'>) => <p className="my-2" {...p} />,
  ul: ({ node: _, ...p }: Of<'ul'>) => <ul className="my-2 list-disc space-y-1 pl-5 marker:text-ink-3" {...p} />,
  ol: ({ node: _, ...p }: Of<'ol'>) => <ol className="my-2 list-decimal space-y-1 pl-5 marker:text-ink-3" {...p} />,
  a: ({ node: _, ...p }: Of<'a'>) => (
    <a className="text-accent-text underline underline-offset-2" target="_blank" rel="noreferrer" {...p} />
  ),
  code: ({ node: _, className, ...p }: Of<'code'>) => (
    <code
      className={cn('rounded-sm bg-sunken px-1 py-px font-mono text-[0.92em] ring-1 ring-line', className)}
      {...p}
    />
  ),
  pre: ({ node: _, ...p }: Of<'pre'>) => (
    <pre
      // Long lines are read by scrolling, which keyboards have to reach.
      // biome-ignore lint/a11y/noNoninteractiveTabindex: as said
      tabIndex={0}
      className="my-2 overflow-x-auto rounded-md border bg-sunken px-3 py-2.5 text-xs leading-5 [&_code]:bg-transparent [&_code]:p-0 [&_code]:text-xs [&_code]:ring-0"
      {...p}
    />
  ),
  blockquote: ({ node: _, ...p }: Of<'blockquote'>) => (
    <blockquote className="my-2 border-l-2 border-line-strong pl-3 text-ink-2" {...p} />
  ),
  hr: () => <hr className="my-4 border-line" />,
  // Nothing is loaded from elsewhere: a picture is its description.
  img: ({ alt }: Of<'img'>) => <span className="text-ink-3">{alt}</span>,
}

export const MarkdownView = ({ text, className }: { text: string; className?: string }) => (
  <div
    className={cn('text-sm leading-[1.55] break-words text-ink-2 [&>:first-child]:mt-0 [&_strong]:text-ink', className)}
  >
    <Markdown components={components}>{text}</Markdown>
  </div>
)
