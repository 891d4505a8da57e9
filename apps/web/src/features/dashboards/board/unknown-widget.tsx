'use client'
import type { DashboardWidget } from '@thingwire/dashboards'
import { Button, CodeBlock, cn, Dialog } from '@thingwire/ui'
import { absenceOf } from '@thingwire/widgets/manifests'
import { Puzzle } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'

/** In a low tile there is room for what can be done alone. */
const unlessLow = '[@container(max-height:110px)]:hidden'

/** A widget that nothing here draws: what it is called, and all of it, so that nothing is lost or hidden. */
export const UnknownWidget = ({ widget }: { widget: DashboardWidget }) => {
  const t = useTranslations('board')
  const common = useTranslations('common')
  const [isOpen, setOpen] = useState(false)
  const name = widget.typeFullFqn || t('unnamedType')
  const absence = absenceOf(widget.typeFullFqn)
  return (
    <div className="flex size-full flex-col items-center justify-center gap-1.5 overflow-hidden p-1 text-center text-xs text-ink-3 [container-type:size]">
      <Puzzle aria-hidden className={cn('size-4 shrink-0', unlessLow)} />
      {widget.card.title ? (
        <p className="line-clamp-1 shrink-0 font-medium text-ink [@container(max-height:56px)]:hidden">
          {widget.card.title}
        </p>
      ) : null}
      <p className={cn('line-clamp-2 break-words', unlessLow)}>{t('unknownWidget', { type: name })}</p>
      {absence ? <p className={cn('line-clamp-2 max-w-64', unlessLow)}>{t(`absent.${absence}`)}</p> : null}
      <Button
        size="sm"
        variant="ghost"
        className="max-w-full shrink-0"
        title={t('unknownWidget', { type: name })}
        onClick={() => setOpen(true)}
      >
        {t('showJson')}
      </Button>
      <Dialog
        open={isOpen}
        onOpenChange={setOpen}
        title={name}
        description={t('unknownWidgetText')}
        closeLabel={common('close')}
        className="sm:max-w-2xl"
      >
        <CodeBlock
          code={JSON.stringify(widget.raw, null, 2)}
          labels={{ copy: common('copy'), copied: common('copied') }}
          wrap
        />
      </Dialog>
    </div>
  )
}
