'use client'
import type { WidgetHost } from '@thingwire/widgets/manifests'

/** Longer than any browser takes to begin reading a file. */
const keepMs = 60_000

/** Hands a file to the browser's downloads. */
export const filesPort: WidgetHost['files'] = {
  download: (name, content) => {
    const href = URL.createObjectURL(content)
    const link = document.createElement('a')
    link.href = href
    link.download = name.replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, '_').slice(0, 120)
    link.click()
    setTimeout(() => URL.revokeObjectURL(href), keepMs)
  },
}
