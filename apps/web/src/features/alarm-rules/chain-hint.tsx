'use client'
import { useQuery } from '@tanstack/react-query'
import { CircleCheck, Info, TriangleAlert } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { getRuleChain, getRuleChainMetadata, listRuleChains } from '@/api/rule-chains.ts'

const nodeType = 'org.thingsboard.rule.engine.profile.TbDeviceProfileNode'

/** The chain that messages of the profile's devices enter, and whether the node that evaluates rules stands in it. */
const readChain = async (ruleChainId: string, signal: AbortSignal) => {
  const link = { page: 0, pageSize: 100, sortProperty: 'createdTime', sortOrder: 'ASC' as const }
  const chain = ruleChainId
    ? await getRuleChain(ruleChainId, signal)
    : (await listRuleChains(link, signal)).data.find(({ root }) => root)
  if (!chain) return null
  const { nodes } = await getRuleChainMetadata(chain.id.id, signal)
  return { id: chain.id.id, name: chain.name, hasNode: nodes.some(({ type }) => type === nodeType) }
}

/** Says where the rules are evaluated, and when that cannot happen. `ruleChainId` empty: the root chain. */
export const ChainHint = ({ ruleChainId, hasRules }: { ruleChainId: string; hasRules: boolean }) => {
  const t = useTranslations('alarmRules')
  const { data: chain } = useQuery({
    queryKey: ['rule-chains', 'alarm-rules', ruleChainId],
    queryFn: ({ signal }) => readChain(ruleChainId, signal),
  })
  if (!chain) return <Line icon={<Info />}>{t('evaluated')}</Line>
  const link = (text: ReactNode) => (
    <Link href={`/rule-chains/${chain.id}`} className="font-medium underline underline-offset-2">
      {text}
    </Link>
  )
  if (chain.hasNode) return <Line icon={<CircleCheck />}>{t.rich('evaluatedIn', { name: chain.name, link })}</Line>
  return (
    <Line icon={<TriangleAlert />} isWarning={hasRules}>
      {t.rich('notEvaluated', { name: chain.name, link })}
    </Line>
  )
}

const Line = (p: { icon: ReactNode; isWarning?: boolean; children: ReactNode }) => (
  <p
    {...(p.isWarning ? { role: 'status' } : {})}
    className={
      p.isWarning
        ? 'flex gap-2 rounded-md bg-warn-soft p-3 text-sm text-warn-text [&_svg]:mt-0.5 [&_svg]:size-4 [&_svg]:shrink-0'
        : 'flex gap-2 text-sm text-ink-2 [&_svg]:mt-0.5 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-ink-3'
    }
  >
    {p.icon}
    <span className="min-w-0">{p.children}</span>
  </p>
)
