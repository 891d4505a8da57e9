'use client'
import { cn } from '@thingwire/ui'
import { ImageIcon, ImageOff } from 'lucide-react'
import { useState } from 'react'

/** Transparent parts are told by a chequered ground; a picture that cannot be drawn by a sign. */
export const PictureThumb = (p: { address: string | null; className: string }) => {
  const [failed, setFailed] = useState<string | null>(null)
  const isBroken = p.address !== null && failed === p.address
  return (
    <span
      aria-hidden
      className={cn(
        'flex items-center justify-center overflow-hidden text-ink-3 [&_svg]:size-4',
        p.address === null || isBroken
          ? 'bg-sunken'
          : 'bg-[conic-gradient(var(--tw-line)_25%,transparent_0_50%,var(--tw-line)_0_75%,transparent_0)] bg-size-[10px_10px]',
        p.className,
      )}
    >
      {p.address === null ? (
        <ImageIcon />
      ) : isBroken ? (
        <ImageOff />
      ) : (
        // biome-ignore lint/performance/noImgElement: stored pictures are served as they are
        <img
          src={p.address}
          alt=""
          loading="lazy"
          onError={() => setFailed(p.address)}
          className="size-full object-contain"
        />
      )}
    </span>
  )
}
