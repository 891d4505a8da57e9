'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { toast } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { acknowledgeAlarm, type AlarmView, assignAlarm, clearAlarm, unassignAlarm } from '@/api/alarms.ts'

export const alarmKey = (id: string) => ['alarm', id] as const
export const commentsKey = (id: string) => ['alarm', id, 'comments'] as const

const deeds = {
  acknowledge: (alarm: AlarmView) => acknowledgeAlarm(alarm.id.id),
  clear: (alarm: AlarmView) => clearAlarm(alarm.id.id),
  unassign: (alarm: AlarmView) => unassignAlarm(alarm.id.id),
  assign: (alarm: AlarmView, userId = '') => assignAlarm(alarm.id.id, userId),
}
type Deed = keyof typeof deeds

/** What a person does with one alarm; every list and drawer that shows it follows. */
export const useAlarmDeed = () => {
  const t = useTranslations('alarms')
  const client = useQueryClient()
  return useMutation({
    mutationFn: (p: { deed: Deed; alarm: AlarmView; userId?: string }) => deeds[p.deed](p.alarm, p.userId),
    onError: (error, { deed }) => toast.failed(t(`failed.${deed}`), error.message),
    // After a refusal too: somebody else was faster, and what stands here is old.
    onSettled: (_, __, { alarm }) =>
      Promise.all([
        client.invalidateQueries({ queryKey: alarmKey(alarm.id.id) }),
        client.invalidateQueries({ queryKey: ['alarms', 'page'] }),
      ]),
  })
}
