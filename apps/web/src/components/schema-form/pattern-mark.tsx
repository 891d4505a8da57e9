'use client'
import { useTranslations } from 'next-intl'

const [metadata, data] = ['\u0024{key}', '$[key]']

/** Says beside the name of a setting that it is filled in from each message. */
export const PatternMark = () => {
  const t = useTranslations('schemaForm')
  const hint = t('patternHint', { metadata, data })
  return (
    <span title={hint} className="rounded-sm px-1 font-mono text-2xs text-ink-3 ring-1 ring-line">
      <span aria-hidden>$</span>
      <span className="sr-only">{hint}</span>
    </span>
  )
}
