'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { cn, IconButton, toast } from '@thingwire/ui'
import { Star } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { noteDashboard } from '@/api/dashboard-library.ts'

/** Gives a dashboard the caller's star, or takes it. It shows at once and goes back where the server refuses. */
export const StarButton = (p: { id: string; title: string; isStarred: boolean; className?: string }) => {
  const t = useTranslations('dashboardList')
  const client = useQueryClient()
  const star = useMutation({
    mutationFn: (isStarred: boolean) => noteDashboard(p.id, isStarred ? 'star' : 'unstar'),
    onError: (error) => toast.failed(t('starFailed'), error.message),
    onSettled: () => client.invalidateQueries({ queryKey: ['dashboards'] }),
  })
  const isStarred = star.isPending ? star.variables : p.isStarred
  return (
    <IconButton
      size="icon-sm"
      label={t(isStarred ? 'unstar' : 'star', { title: p.title })}
      aria-pressed={isStarred}
      onClick={() => star.mutate(!isStarred)}
      className={cn('shrink-0', p.className)}
    >
      <Star className={isStarred ? 'fill-warn text-warn' : 'text-ink-3'} />
    </IconButton>
  )
}
