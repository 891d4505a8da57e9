'use client'
import type { BreakpointId } from '@thingwire/dashboards'
import {
  addBreakpoint,
  flowOf,
  freeBreakpoint,
  gridAt,
  hideAtBreakpoint,
  removeBreakpoint,
  resetBreakpoint,
} from '@thingwire/dashboards/edit'
import { Button } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { useBoard, useStateScope } from '../../board/board-context.ts'
import { useConfiguration, useEditorStore, useSelection } from '../store/use-editor.ts'
import { useShownSize } from './use-size.ts'

/** How the width that is edited comes by its layout, and what can be done about it. */
export const SizeNote = () => {
  const size = useShownSize()
  return size === 'default' ? null : <Note size={size} />
}

const Note = ({ size }: { size: BreakpointId }) => {
  const t = useTranslations('dashboardStructure')
  const store = useEditorStore()
  const { isPhone } = useBoard()
  const { definition } = useStateScope()
  const selection = useSelection()
  const configuration = useConfiguration()
  const at = { stateId: definition.id, layout: 'main', breakpoint: size } as const
  const grid = gridAt(configuration, at)
  const flow = flowOf(grid)
  const of = t(`size.${flow?.from ?? 'default'}`)
  const kept = flow?.kept ?? []
  const touched = [...kept, ...(flow?.hidden ?? [])]
  const layOut = (
    <Button size="sm" title={t('layOutHint')} onClick={() => store.run(addBreakpoint(at, null, 'automatic'))}>
      {t('layOut')}
    </Button>
  )
  return (
    <div role="status" className="flex min-h-10 flex-wrap items-center gap-2 px-3 py-1.5 text-xs text-ink-2">
      <p className="mr-auto min-w-0">
        <strong className="font-medium text-ink">{t(`size.${size}`)}</strong>{' '}
        {!grid
          ? isPhone
            ? t('followsList')
            : t('follows', { of })
          : !flow
            ? t('free', { of })
            : kept.length > 0
              ? t('overrides', { of, count: kept.length })
              : flow.mirrors
                ? t('follows', { of })
                : t('followsFlow', { of })}
      </p>
      {grid ? (
        <>
          {selection.length > 0 ? (
            <Button size="sm" onClick={() => store.run(hideAtBreakpoint(at, selection))}>
              {t('notHere')}
            </Button>
          ) : null}
          {selection.some((id) => kept.includes(id)) ? (
            <Button size="sm" onClick={() => store.run(resetBreakpoint(at, selection))}>
              {t('resetSome')}
            </Button>
          ) : null}
          {!flow || touched.length > 0 ? (
            <Button size="sm" onClick={() => store.run(resetBreakpoint(at))}>
              {t('reset')}
            </Button>
          ) : null}
          {flow ? (
            <Button size="sm" onClick={() => store.run(freeBreakpoint(at))}>
              {t('detach')}
            </Button>
          ) : null}
          <Button size="sm" onClick={() => store.run(removeBreakpoint(at))}>
            {t('removeSize')}
          </Button>
        </>
      ) : (
        layOut
      )}
    </div>
  )
}
