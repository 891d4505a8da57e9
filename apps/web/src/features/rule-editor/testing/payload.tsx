import { cn } from '@thingwire/ui'

/** JSON in lines, when it is JSON. */
export const prettyText = (text: string): string => {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}

/** What a message carries, to be read. */
export const Payload = ({ text, label, className }: { text: string; label: string; className?: string }) => (
  <section
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    tabIndex={0}
    aria-label={label}
    className={cn('max-h-40 overflow-auto rounded-md bg-sunken ring-1 ring-line ring-inset', className)}
  >
    <pre className="px-2.5 py-1.5 font-mono text-xs leading-5 break-words whitespace-pre-wrap text-ink">
      {prettyText(text)}
    </pre>
  </section>
)

/** One line that says what is in there. */
export const excerptOf = (text: string, length = 120): string => {
  const line = text.replaceAll(/\s+/gu, ' ').trim()
  return line.length > length ? `${line.slice(0, length - 1)}…` : line
}
