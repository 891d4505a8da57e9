'use client'
import type { JsonPath } from '@thingwire/dashboards/edit'
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { useProblems } from '../../store/use-problems.ts'

/** What is wrong within a part of a widget; paths go from that part down. */
export const useProblemsAt = (id: string, path: JsonPath): readonly { path: JsonPath; message: string }[] => {
  const t = useTranslations('dashboardEditor')
  const problems = useProblems()
  const at = path.join('/')
  return useMemo(
    () =>
      problems.flatMap((one) => {
        const isIn = one.in === 'widget' && one.id === id && `${one.path.join('/')}/`.startsWith(`${at}/`)
        const depth = at === '' ? 0 : at.split('/').length
        return isIn ? [{ path: one.path.slice(depth), message: t(`problem.${one.kind}`, { detail: one.detail }) }] : []
      }),
    [problems, id, at, t],
  )
}
