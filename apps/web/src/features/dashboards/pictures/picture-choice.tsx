'use client'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { Button, cn, EmptyState, Field, Input, SearchInput, Skeleton } from '@thingwire/ui'
import { FileUp, ImageIcon, SearchX, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type DragEvent, useDeferredValue, useRef, useState } from 'react'
import { linkOfImage, listImages, type StoredImage, uploadImage } from '../../../api/images.ts'
import { imageAddress } from '../host/addresses.ts'
import { DeletePicture } from './delete-picture.tsx'
import { PictureCard, useSizeText } from './picture-card.tsx'
import { acceptedPictures, largestBytes, readPicture } from './read-picture.ts'
import { RenamePicture } from './rename-picture.tsx'

type Props = { value: string; onChoose: (link: string) => void }

/** The stored pictures; more can be uploaded, also by dropping files. */
export const PictureChoice = ({ value, onChoose }: Props) => {
  const t = useTranslations('pictures')
  const client = useQueryClient()
  const sizeText = useSizeText()
  const [typed, setTyped] = useState('')
  const [isOver, setOver] = useState(false)
  const [pending, setPending] = useState(0)
  const [problems, setProblems] = useState<readonly string[]>([])
  const [renamed, setRenamed] = useState<StoredImage | null>(null)
  const [deleted, setDeleted] = useState<StoredImage | null>(null)
  const text = useDeferredValue(typed.trim())
  const found = useInfiniteQuery({
    queryKey: ['images', text],
    queryFn: ({ pageParam, signal }) => listImages(text, pageParam, signal),
    initialPageParam: 0,
    getNextPageParam: (last, all) => (last.hasNext ? all.length : null),
    retry: false,
  })
  const images = found.data?.pages.flatMap(({ data }) => data) ?? []
  const upload = async (files: readonly File[]) => {
    if (files.length === 0 || pending > 0) return
    setProblems([])
    setPending(files.length)
    const made: StoredImage[] = []
    for (const file of files) {
      try {
        const read = await readPicture(file)
        if ('problem' in read) {
          const problem = t(read.problem, { name: file.name, size: sizeText(largestBytes) })
          setProblems((all) => [...all, problem])
        } else made.push(await uploadImage(read.file, file.name))
      } catch (cause) {
        const reason = cause instanceof Error ? cause.message : String(cause)
        setProblems((all) => [...all, t('refused', { name: file.name, reason })])
      }
      setPending((left) => left - 1)
    }
    const [only] = made
    if (made.length > 0) await client.invalidateQueries({ queryKey: ['images'] })
    // One that was uploaded is the one that is wanted.
    if (only && files.length === 1) onChoose(linkOfImage(only))
  }
  const drag = {
    onDragOver: (event: DragEvent) => {
      if (!event.dataTransfer.types.includes('Files')) return
      event.preventDefault()
      setOver(true)
    },
    onDragLeave: (event: DragEvent) => {
      if (!(event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget))) setOver(false)
    },
    onDrop: (event: DragEvent) => {
      event.preventDefault()
      setOver(false)
      void upload([...event.dataTransfer.files])
    },
  }
  return (
    <div
      {...drag}
      className={cn(
        'grid grid-cols-[minmax(0,1fr)] gap-4 rounded-lg',
        isOver && 'outline-2 outline-offset-4 outline-accent outline-dashed',
      )}
    >
      <div className="flex gap-2">
        <SearchInput
          aria-label={t('search')}
          placeholder={t('search')}
          value={typed}
          className="min-w-0 flex-1"
          onChange={({ target }) => setTyped(target.value)}
        />
        <UploadButton isBusy={pending > 0} onFiles={(files) => void upload(files)} />
      </div>
      {problems.length > 0 ? (
        <ul role="alert" className="grid gap-1 text-xs text-danger-text">
          {problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      ) : null}
      {found.isPending ? (
        <Skeleton className="h-32" />
      ) : found.error ? (
        <EmptyState
          icon={<TriangleAlert />}
          title={t('failed')}
          tone="danger"
          action={<Button onClick={() => void found.refetch()}>{t('again')}</Button>}
        >
          {found.error.message}
        </EmptyState>
      ) : images.length === 0 && text === '' ? (
        <EmptyState icon={<ImageIcon />} title={t('empty')}>
          {t('emptyText', { size: sizeText(largestBytes) })}
        </EmptyState>
      ) : images.length === 0 ? (
        <EmptyState icon={<SearchX />} title={t('nothingFits')} />
      ) : (
        <ul className="grid grid-cols-[repeat(auto-fill,minmax(128px,1fr))] gap-2">
          {images.map((image) => (
            <li key={image.id.id}>
              <PictureCard
                image={image}
                isChosen={sameLink(value, image)}
                onChoose={onChoose}
                onRename={setRenamed}
                onDelete={setDeleted}
              />
            </li>
          ))}
        </ul>
      )}
      {found.hasNextPage ? (
        <Button
          className="justify-self-center"
          disabled={found.isFetchingNextPage}
          onClick={() => void found.fetchNextPage()}
        >
          {t('more')}
        </Button>
      ) : null}
      {isOver ? (
        <p aria-hidden className="text-center text-xs text-ink-2">
          {t('drop')}
        </p>
      ) : null}
      <Address value={value} onChoose={onChoose} />
      <RenamePicture image={renamed} onClose={() => setRenamed(null)} />
      {deleted ? <DeletePicture image={deleted} onClose={() => setDeleted(null)} /> : null}
    </div>
  )
}

const sameLink = (value: string, image: StoredImage) => imageAddress(value) === imageAddress(linkOfImage(image))

const UploadButton = ({ isBusy, onFiles }: { isBusy: boolean; onFiles: (files: readonly File[]) => void }) => {
  const t = useTranslations('pictures')
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <Button disabled={isBusy} onClick={() => input.current?.click()}>
        <FileUp />
        {isBusy ? t('uploading') : t('upload')}
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        accept={acceptedPictures}
        tabIndex={-1}
        aria-label={t('upload')}
        className="sr-only"
        onChange={({ target }) => {
          onFiles([...(target.files ?? [])])
          target.value = ''
        }}
      />
    </>
  )
}

const Address = ({ value, onChoose }: Props) => {
  const t = useTranslations('pictures')
  const [typed, setTyped] = useState(value.startsWith('data:') ? '' : value)
  const link = typed.trim()
  const isBad = link !== '' && imageAddress(link) === null
  const take = () => {
    if (link !== '' && !isBad) onChoose(link)
  }
  return (
    <div className="border-t pt-4">
      <Field
        label={t('address')}
        hint={isBad ? undefined : t('addressHint')}
        error={isBad ? t('unreadable') : undefined}
      >
        <div className="flex gap-2">
          <Input
            aria-label={t('address')}
            aria-invalid={isBad || undefined}
            value={typed}
            autoComplete="off"
            spellCheck={false}
            placeholder="/api/images/tenant/plan.png"
            className="font-mono text-xs"
            onChange={({ target }) => setTyped(target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter') take()
            }}
          />
          <Button disabled={link === '' || isBad} onClick={take}>
            {t('take')}
          </Button>
        </div>
      </Field>
    </div>
  )
}
