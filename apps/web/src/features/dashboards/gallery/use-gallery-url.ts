'use client'
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs'

export const gallerySizes = ['smallest', 'usual', 'wide', 'phone'] as const
export type GallerySize = (typeof gallerySizes)[number]

/** What is looked at, and how, is in the address. */
export const useGalleryUrl = () =>
  useQueryStates({
    q: parseAsString.withDefault(''),
    family: parseAsString,
    widget: parseAsString,
    theme: parseAsStringLiteral(['light', 'dark']),
    size: parseAsStringLiteral(gallerySizes).withDefault('usual'),
  })
