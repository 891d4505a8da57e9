'use client'
import dynamic from 'next/dynamic'

/** Two states of a text of several lines, the changed lines marked. Its editor loads when the first one is looked at. */
export const TextDifference = dynamic(async () => (await import('./merge-view.tsx')).TextMergeView, {
  ssr: false,
  loading: () => <div aria-busy className="h-24 rounded-sm bg-sunken" />,
})
