'use client'
import { Dialog, Kbd } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { Fragment } from 'react'
import { useCanvas } from './canvas-context.ts'
import { type Command, isMac, keysOf } from './keymap.ts'

const sections: Record<'build' | 'change' | 'select' | 'view', readonly Command[]> = {
  build: ['add', 'connect', 'labels', 'note', 'group', 'bypass', 'nest'],
  change: ['undo', 'redo', 'duplicate', 'copy', 'cut', 'paste', 'remove'],
  select: ['selectAll', 'escape', 'open', 'openChain', 'menu'],
  view: ['fit', 'fitSelection', 'zoomIn', 'zoomOut', 'arrange', 'find', 'help'],
}
const sectionIds = ['build', 'change', 'select', 'view'] as const
const gestures = ['pan', 'marquee', 'quickAdd', 'onWire', 'calledOff'] as const

export const ShortcutSheet = () => {
  const t = useTranslations('chainCanvas.shortcuts')
  const { closePopup } = useCanvas()
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && closePopup()}
      title={t('title')}
      closeLabel={t('close')}
      className="sm:top-[8vh] sm:max-w-3xl"
    >
      <div className="grid gap-x-10 gap-y-6 sm:grid-cols-2">
        {sectionIds.map((section) => (
          <section key={section}>
            <h3 className="pb-1 text-xs font-semibold text-ink">{t(section)}</h3>
            <dl className="divide-y">
              {sections[section].map((command) => (
                <Row key={command} label={t(command)} ways={keysOf(command, isMac())} />
              ))}
              {section === 'select' ? (
                <>
                  <Row label={t('tab')} ways={[['Tab'], [isMac() ? '⇧' : 'Shift', 'Tab']]} />
                  <Row label={t('walk')} ways={[[isMac() ? '⌥' : 'Alt', '← → ↑ ↓']]} />
                </>
              ) : null}
              {section === 'change' ? (
                <>
                  <Row label={t('publish')} ways={[[isMac() ? '⌘' : 'Ctrl', 'S']]} />
                  <Row label={t('move')} ways={[['← → ↑ ↓']]} />
                  <Row label={t('moveFar')} ways={[[isMac() ? '⇧' : 'Shift', '← → ↑ ↓']]} />
                </>
              ) : null}
            </dl>
          </section>
        ))}
        <section className="sm:col-span-2">
          <h3 className="pb-1 text-xs font-semibold text-ink">{t('mouse')}</h3>
          <ul className="grid gap-1 text-xs text-ink-2">
            {gestures.map((gesture) => (
              <li key={gesture}>{t(gesture)}</li>
            ))}
          </ul>
        </section>
      </div>
    </Dialog>
  )
}

const Row = ({ label, ways }: { label: string; ways: readonly (readonly string[])[] }) => {
  const t = useTranslations('chainCanvas.shortcuts')
  return (
    <div className="flex min-h-8 items-center gap-3 py-1">
      <dt className="min-w-0 flex-1 text-xs text-ink-2">{label}</dt>
      <dd className="flex shrink-0 items-center gap-1 text-2xs text-ink-3">
        {ways.map((keys, index) => (
          <Fragment key={keys.join('+')}>
            {index > 0 ? <span>{t('or')}</span> : null}
            {keys.map((key) => (
              <Kbd key={key}>{key}</Kbd>
            ))}
          </Fragment>
        ))}
      </dd>
    </div>
  )
}
