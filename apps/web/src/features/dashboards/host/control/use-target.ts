'use client'
import type { DashboardWidget } from '@thingwire/dashboards'
import type { WidgetEntity, WidgetState } from '@thingwire/widgets/manifests'
import { useTranslations } from 'next-intl'
import { useMemo, useSyncExternalStore } from 'react'
import { useBoard, useStateScope } from '../../board/board-context.ts'
import { useDashboardData } from '../../data/data-provider.tsx'
import { useSame } from '../../data/use-same.ts'
import { useUnresolvedText } from '../../data/use-unresolved-text.ts'
import { createTargetFeed, resolveTarget } from './target-feed.ts'

/** The entity that a widget commands, or why there is none. */
export type Target = { entity: WidgetEntity | null; notice: Exclude<WidgetState, { status: 'ready' }> | null }

const nobodyListens = () => () => {}

export const useTarget = ({ target }: Pick<DashboardWidget, 'target'>): Target => {
  const t = useTranslations('boardData')
  const widgetText = useTranslations('widget')
  const say = useUnresolvedText()
  const { document, filterValues: filters } = useBoard()
  const { stack } = useStateScope()
  const { runtime, picks } = useDashboardData()
  const resolved = useSame(
    useMemo(
      () => resolveTarget(target, { document, stack, filters, picks }),
      [target, document, stack, filters, picks],
    ),
  )
  const feed = useMemo(
    () => (runtime && resolved?.status === 'ready' ? createTargetFeed(runtime.ports.sets, resolved.question) : null),
    [runtime, resolved],
  )
  const answer = useSyncExternalStore(
    feed?.listen ?? nobodyListens,
    () => feed?.read() ?? null,
    () => null,
  )
  return useMemo((): Target => {
    const none = (reason: string): Target => ({ entity: null, notice: { status: 'empty', reason } })
    if (!resolved) return none(widgetText('noTarget'))
    if (resolved.status === 'unresolved') return none(say(resolved))
    if (!answer || answer.status === 'loading') return { entity: null, notice: { status: 'loading' } }
    if (answer.status === 'failed') return { entity: null, notice: { ...answer, retry: () => feed?.retry() } }
    return answer.entity ? { entity: answer.entity, notice: null } : none(t('noEntity'))
  }, [resolved, answer, feed, say, t, widgetText])
}
