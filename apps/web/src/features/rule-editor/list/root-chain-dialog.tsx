'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Dialog, toast } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { listRuleChains, type RuleChainView } from '@/api/rule-chains.ts'
import { makeRootChain } from '@/api/rule-chain-list.ts'

/** Asks before all messages of the tenant take another way, and says which way they take now. */
export const RootChainDialog = ({ chain, onClose }: { chain: RuleChainView | null; onClose: () => void }) => {
  const t = useTranslations('chainList')
  const common = useTranslations('common')
  const client = useQueryClient()
  const name = chain?.name ?? ''
  const all = useQuery({
    queryKey: ['rule-chains', 'all'],
    queryFn: ({ signal }) => listRuleChains({ page: 0, pageSize: 1_000 }, signal),
    enabled: chain !== null,
  })
  const present = all.data?.data.find(({ root }) => root)?.name
  const makeRoot = useMutation({
    mutationFn: () => makeRootChain(chain?.id.id ?? ''),
    onSuccess: async () => {
      toast.done(t('root.done', { name }))
      onClose()
      await Promise.all([
        client.invalidateQueries({ queryKey: ['rule-chains'] }),
        client.invalidateQueries({ queryKey: ['rule-chain'] }),
      ])
    },
    onError: (error) => toast.failed(t('root.failed'), error.message),
  })
  return (
    <Dialog
      open={chain !== null}
      onOpenChange={(open) => !open && onClose()}
      title={t('root.title', { name })}
      closeLabel={common('close')}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button variant="primary" disabled={makeRoot.isPending} onClick={() => makeRoot.mutate()}>
            {t('root.submit')}
          </Button>
        </>
      }
    >
      <div className="grid gap-2 text-sm text-ink-2">
        <p>{t('root.text')}</p>
        {present ? <p>{t('root.present', { name: present })}</p> : null}
      </div>
    </Dialog>
  )
}
