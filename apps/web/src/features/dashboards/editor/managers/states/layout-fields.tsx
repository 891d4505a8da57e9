'use client'
import {
  addRightLayout,
  gridAt,
  gridsOfLayout,
  placesOf,
  removeLayout,
  setGrid,
  together,
} from '@thingwire/dashboards/edit'
import { Button, Dialog, Field, Segmented } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { SwitchRow } from '@/components/switch-row.tsx'
import { type Json, jsonOf } from '../../side/json.ts'
import { useConfiguration, useEditorStore } from '../../store/use-editor.ts'
import { NumberInput } from '../number-input.tsx'

const kinds = ['none', 'drawer', 'divider'] as const
type Kind = (typeof kinds)[number]

const gridOf = (configuration: Json, stateId: string, layout: 'main' | 'right') =>
  gridAt(configuration, { stateId, layout, breakpoint: null })

/** The second layout of a state: none, a panel, or the other half of two panes. */
export const LayoutFields = ({ stateId }: { stateId: string }) => {
  const t = useTranslations('dashboardManagers')
  const store = useEditorStore()
  const configuration = useConfiguration()
  const [isAsked, ask] = useState(false)
  const right = gridOf(configuration, stateId, 'right')
  const settings = jsonOf(gridOf(configuration, stateId, 'main')?.gridSettings)
  const kind: Kind = right ? (settings.layoutType === 'divider' ? 'divider' : 'drawer') : 'none'
  const inRight = new Set(
    gridsOfLayout(configuration, stateId, 'right').flatMap((at) => Object.keys(placesOf(gridAt(configuration, at)))),
  ).size
  const remove = () => {
    ask(false)
    store.run(removeLayout(stateId, 'right'))
  }
  return (
    <section aria-label={t('layouts')} className="grid gap-3 border-t pt-4">
      <h3 className="text-xs font-medium text-ink-2">{t('layout')}</h3>
      <div>
        <Segmented<Kind>
          label={t('layout')}
          value={kind}
          onChange={(chosen) => {
            if (chosen !== 'none') store.run(addRightLayout(stateId, chosen))
            else if (inRight > 0) ask(true)
            else remove()
          }}
          options={kinds.map((value) => ({ value, label: t(`layoutKinds.${value}`) }))}
        />
        <p className="mt-1.5 text-xs text-ink-3">{t(`layoutHints.${kind}`)}</p>
      </div>
      {kind === 'divider' ? <Split stateId={stateId} /> : null}
      {isAsked ? <RemoveLayout widgets={inRight} onRemove={remove} onClose={() => ask(false)} /> : null}
    </section>
  )
}

const RemoveLayout = (p: { widgets: number; onRemove: () => void; onClose: () => void }) => {
  const t = useTranslations('dashboardManagers')
  const common = useTranslations('common')
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && p.onClose()}
      title={t('removeLayoutTitle')}
      description={t('removeLayoutText', { count: p.widgets })}
      closeLabel={common('close')}
      footer={
        <>
          <Button onClick={p.onClose}>{common('cancel')}</Button>
          <Button variant="danger" onClick={p.onRemove}>
            {t('removeLayout')}
          </Button>
        </>
      }
    >
      {null}
    </Dialog>
  )
}

const splits = ['percentage', 'main', 'right'] as const
type SplitBy = (typeof splits)[number]

/** How two panes share the width; stored with both of their grids. */
const Split = ({ stateId }: { stateId: string }) => {
  const t = useTranslations('dashboardManagers')
  const store = useEditorStore()
  const configuration = useConfiguration()
  const dimension = jsonOf(jsonOf(gridOf(configuration, stateId, 'main')?.gridSettings).layoutDimension)
  const rightSettings = jsonOf(gridOf(configuration, stateId, 'right')?.gridSettings)
  const by: SplitBy = dimension.type === 'fixed' ? (dimension.fixedLayout === 'right' ? 'right' : 'main') : 'percentage'
  const set = (layoutDimension: Json) =>
    store.run(
      together(
        (['main', 'right'] as const).map((layout) =>
          setGrid({ stateId, layout, breakpoint: null }, { layoutDimension }),
        ),
        undefined,
        `split ${stateId}`,
      ),
    )
  const fixed = (fixedLayout: 'main' | 'right', fixedWidth: number) => set({ type: 'fixed', fixedLayout, fixedWidth })
  const width = typeof dimension.fixedWidth === 'number' ? dimension.fixedWidth : 400
  const share = typeof dimension.leftWidthPercentage === 'number' ? dimension.leftWidthPercentage : 50
  return (
    <>
      <div className="grid items-end gap-3 sm:grid-cols-[auto_8rem]">
        <div className="grid justify-items-start gap-1.5">
          <span aria-hidden className="text-xs font-medium text-ink-2">
            {t('split')}
          </span>
          <Segmented<SplitBy>
            label={t('split')}
            value={by}
            onChange={(chosen) =>
              chosen === 'percentage' ? set({ type: 'percentage', leftWidthPercentage: share }) : fixed(chosen, width)
            }
            options={splits.map((value) => ({ value, label: t(`splitBy.${value}`) }))}
          />
        </div>
        {by === 'percentage' ? (
          <Field label={t('leftShare')}>
            <NumberInput
              isWhole
              min={10}
              max={90}
              value={share}
              onChange={(leftWidthPercentage) => set({ type: 'percentage', leftWidthPercentage })}
            />
          </Field>
        ) : (
          <Field label={t('fixedWidth')}>
            <NumberInput
              isWhole
              min={50}
              max={4_000}
              value={width}
              onChange={(pixels) => pixels !== null && fixed(by, pixels)}
            />
          </Field>
        )}
      </div>
      <SwitchRow
        label={t('phoneFirst')}
        checked={rightSettings.mobileDisplayLayoutFirst === true}
        onChange={(mobileDisplayLayoutFirst) =>
          store.run(setGrid({ stateId, layout: 'right', breakpoint: null }, { mobileDisplayLayoutFirst }))
        }
      />
    </>
  )
}
