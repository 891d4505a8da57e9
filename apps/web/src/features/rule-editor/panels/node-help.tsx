'use client'
import { useQuery } from '@tanstack/react-query'
import { Button, Skeleton } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { MarkdownView } from './markdown-view.tsx'

/** The panel says already what the node is called. */
const title = /^# .*\n+/

/** The help of a sort of node; all of it comes at once, when the first is asked for. */
export const NodeHelp = ({ type }: { type: string | null }) => {
  const t = useTranslations('chainPanels')
  const help = useQuery({
    queryKey: ['node-help'],
    queryFn: async (): Promise<Readonly<Record<string, string>>> =>
      (await import('@thingwire/rule-nodes/help')).default,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const text = type === null ? undefined : help.data?.[type]
  return (
    <div className="min-h-0 flex-1 overflow-y-auto p-4">
      {help.isPending ? (
        <div aria-busy className="grid gap-3">
          <Skeleton className="h-5 w-2/5" />
          <Skeleton className="h-4" />
          <Skeleton className="h-4 w-4/5" />
          <Skeleton className="h-24" />
        </div>
      ) : help.isError ? (
        <div className="flex items-center gap-3 text-sm text-ink-2">
          <p>{t('helpFailed')}</p>
          <Button size="sm" onClick={() => void help.refetch()}>
            {t('again')}
          </Button>
        </div>
      ) : text === undefined ? (
        <p className="text-sm text-ink-3">{t('helpNone')}</p>
      ) : (
        <MarkdownView text={text.replace(title, '')} />
      )}
    </div>
  )
}
