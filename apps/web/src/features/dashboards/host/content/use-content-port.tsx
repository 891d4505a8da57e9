'use client'
import { useQuery } from '@tanstack/react-query'
import type { CodeDocument, ContentPort, DashboardLinks } from '@thingwire/widgets/manifests'
import { useFunctionContext, useWidgetHost } from '@thingwire/widgets/views'
import { useTranslations } from 'next-intl'
import { useCallback, useMemo } from 'react'
import { listDashboards } from '@/api/entities.ts'
import { useUser } from '@/session/session-provider.tsx'
import { navigationFor } from '@/shell/navigation.ts'
import { CodeFrame } from './code-frame.tsx'
import { SiteFrame } from './site-frame.tsx'
import { useScriptApi } from './use-script-api.tsx'

const nothing = () => {}

/** A document of a widget: its calls act through the widget's own host, and only right after the viewer did something. */
const WidgetCodeFrame = (p: CodeDocument) => {
  const host = useWidgetHost()
  const t = useTranslations('sandbox')
  const { answer, dialogs } = useScriptApi({ host, entity: p.entity, isStartedByViewer: false, close: nothing })
  const ofWidget = p.answer
  const answerAll = useCallback(
    async (method: string, args: readonly unknown[]): Promise<unknown> => {
      if (method !== 'widget' || !ofWidget) return answer(method, args)
      if (!navigator.userActivation.isActive) throw new Error(t('notNow'))
      const [asked, ...rest] = args
      return ofWidget(String(asked), rest)
    },
    [answer, ofWidget, t],
  )
  const around = useFunctionContext()
  const context = useMemo(() => ({ ...around, ...p.context }), [around, p.context])
  return (
    <>
      <CodeFrame {...p} context={context} answer={answerAll} />
      {dialogs}
    </>
  )
}

const useDashboards = (search: string): DashboardLinks => {
  const user = useUser()
  const { data, error, refetch } = useQuery({
    queryKey: ['dashboards', 'of-widget', user.id.id, search],
    queryFn: ({ signal }) =>
      listDashboards(
        user,
        { page: 0, pageSize: 50, textSearch: search, sortProperty: 'title', sortOrder: 'ASC' },
        signal,
      ),
  })
  if (data) {
    return {
      status: 'ready',
      total: data.totalElements,
      dashboards: data.data.map(({ id, title, createdTime }) => ({
        id: id.id,
        title,
        createdTime,
        href: `/dashboards/${id.id}`,
      })),
    }
  }
  return error ? { status: 'failed', reason: error.message, retry: () => void refetch() } : { status: 'loading' }
}

/** Frames for what a file brings, and the console's own places. */
export const useContentPort = (): ContentPort => {
  const nav = useTranslations('nav')
  const { authority } = useUser()
  return useMemo(
    () => ({
      CodeFrame: WidgetCodeFrame,
      SiteFrame,
      places: navigationFor(authority).flatMap(({ label, items }) =>
        items.map((item) => ({
          path: item.href,
          name: nav(item.label),
          section: label ? nav(label) : '',
          Icon: item.icon,
        })),
      ),
      useDashboards,
    }),
    [nav, authority],
  )
}
