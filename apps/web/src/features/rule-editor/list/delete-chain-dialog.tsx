'use client'
import { useQuery } from '@tanstack/react-query'
import type { RuleChainUses } from '@thingwire/contracts'
import { Skeleton } from '@thingwire/ui'
import { Boxes, CircleAlert, Workflow } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { RuleChainView } from '@/api/rule-chains.ts'
import { deleteRuleChain, usesOfChain } from '@/api/rule-chain-list.ts'
import { DeleteDialog } from '@/components/delete-dialog.tsx'

const pathOfProfile = ({ entityType, id }: RuleChainUses['profiles'][number]['id']) =>
  entityType === 'DEVICE_PROFILE' ? `/device-profiles/${id}` : null

/** Says what would miss the chain before it goes; the root chain stays. */
export const DeleteChainDialog = (p: { chain: RuleChainView | null; onClose: () => void; onDeleted?: () => void }) => {
  const t = useTranslations('chainList')
  const { chain } = p
  const name = chain?.name ?? ''
  const uses = useQuery({
    queryKey: ['rule-chain', chain?.id.id, 'uses'],
    queryFn: ({ signal }) => usesOfChain(chain?.id.id ?? '', signal),
    enabled: chain !== null,
    staleTime: 0,
  })
  return (
    <DeleteDialog
      open={chain !== null}
      onClose={p.onClose}
      texts={{
        title: t('delete.title', { name }),
        submit: t('delete.submit'),
        done: t('delete.done', { name }),
        failed: t('delete.failed'),
      }}
      description={t('delete.text')}
      isBlocked={chain?.root ?? false}
      remove={() => deleteRuleChain(chain?.id.id ?? '')}
      queryKey={['rule-chains']}
      onDeleted={p.onDeleted}
    >
      {chain?.root ? (
        <Warning>{t('delete.root')}</Warning>
      ) : uses.data ? (
        <Uses uses={uses.data} />
      ) : uses.error ? (
        <Warning>{t('delete.usesUnknown', { reason: uses.error.message })}</Warning>
      ) : (
        <Skeleton className="my-1 h-4 w-56" />
      )}
    </DeleteDialog>
  )
}

const Warning = ({ children }: { children: ReactNode }) => (
  <p className="flex gap-2.5 rounded-md bg-warn-soft p-3 text-xs text-warn-text">
    <CircleAlert aria-hidden className="size-4 shrink-0" />
    <span>{children}</span>
  </p>
)

/** Every place that names the chain, each leading there. */
export const Uses = ({ uses }: { uses: RuleChainUses }) => {
  const t = useTranslations('chainList')
  const count = uses.nodes.length + uses.profiles.length
  if (count === 0) return <p>{t('delete.unused')}</p>
  return (
    <div className="grid gap-3">
      <Warning>{t('delete.used', { count })}</Warning>
      <ul aria-label={t('delete.usedBy')} className="-mx-2 max-h-64 overflow-y-auto">
        {uses.nodes.map((node) => (
          <UseRow
            key={node.ruleNodeId}
            icon={<Workflow aria-hidden />}
            href={`/rule-chains/${node.ruleChainId}?node=${node.ruleNodeId}`}
            name={node.ruleNodeName}
            place={t('delete.nodeOf', { chain: node.ruleChainName })}
          />
        ))}
        {uses.profiles.map((profile) => (
          <UseRow
            key={profile.id.id}
            icon={<Boxes aria-hidden />}
            href={pathOfProfile(profile.id)}
            name={profile.name}
            place={t(profile.id.entityType === 'ASSET_PROFILE' ? 'delete.assetProfile' : 'delete.deviceProfile')}
          />
        ))}
      </ul>
    </div>
  )
}

const UseRow = (p: { icon: ReactNode; href: string | null; name: string; place: string }) => (
  <li className="flex items-center gap-2.5 rounded-md px-2 py-1.5 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-ink-3">
    {p.icon}
    <span className="min-w-0 flex-1">
      {p.href ? (
        <Link href={p.href} className="block truncate font-medium text-ink hover:text-accent-text">
          {p.name}
        </Link>
      ) : (
        <span className="block truncate font-medium text-ink">{p.name}</span>
      )}
      <span className="block truncate text-xs text-ink-3">{p.place}</span>
    </span>
  </li>
)
