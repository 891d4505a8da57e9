'use client'
import { Button } from '@thingwire/ui'
import { CircleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Component, type ReactNode, useState } from 'react'

/** A widget that throws becomes a note with the reason; the rest of the board lives. */
export class Fence extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state: { error: Error | null } = { error: null }

  static getDerivedStateFromError(error: unknown) {
    return { error: error instanceof Error ? error : new Error(String(error)) }
  }

  override render() {
    const { error } = this.state
    if (error === null) return this.props.children
    return <BrokenWidget error={error} retry={() => this.setState({ error: null })} />
  }
}

const BrokenWidget = ({ error, retry }: { error: Error; retry: () => void }) => {
  const t = useTranslations('board')
  const [showsDetails, setShowsDetails] = useState(false)
  return (
    <div
      role="alert"
      className="flex size-full flex-col items-center justify-center gap-2 overflow-auto p-3 text-center text-xs text-ink-2"
    >
      <CircleAlert aria-hidden className="size-4 shrink-0 text-danger-text" />
      <p className="font-medium text-ink">{t('drawFailed')}</p>
      <div className="flex gap-1">
        <Button size="sm" onClick={retry}>
          {t('retry')}
        </Button>
        <Button size="sm" variant="ghost" aria-expanded={showsDetails} onClick={() => setShowsDetails(!showsDetails)}>
          {t(showsDetails ? 'hideDetails' : 'details')}
        </Button>
      </div>
      {showsDetails ? (
        <pre className="w-full rounded-md bg-sunken p-2 text-left font-mono text-2xs break-words whitespace-pre-wrap">
          {error.stack ?? error.message}
        </pre>
      ) : null}
    </div>
  )
}
