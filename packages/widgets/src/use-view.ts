import { type ComponentType, useEffect, useReducer, useState } from 'react'
import type { ViewLoaders } from './registry/family.ts'
import type { WidgetViewProps } from './widget.ts'

type View = ComponentType<WidgetViewProps<unknown>>

/**
 * Views by widget type, loaded once. Not by boundaries that wait: what these show in the meantime stays for 0.3 s at
 * least, also when the code is there in the next moment.
 */
export const createViews = (loaders: ViewLoaders) => {
  const loaded = new Map<string, View>()
  const load = async (type: string): Promise<void> => {
    const code = await loaders[type]?.()
    if (code) loaded.set(type, code.default)
  }
  /** Null while its code comes; throws while it is drawn when that could not be had. */
  const useView = (type: string): View | null => {
    const [failure, setFailure] = useState<{ error: unknown } | null>(null)
    const [, drawAgain] = useReducer((count: number) => count + 1, 0)
    const view = loaded.get(type) ?? null
    useEffect(() => {
      if (view) return undefined
      let isOver = false
      load(type).then(
        () => {
          if (!isOver) drawAgain()
        },
        (error: unknown) => {
          if (!isOver) setFailure({ error })
        },
      )
      return () => {
        isOver = true
      }
    }, [type, view])
    if (failure && !view) throw failure.error
    return view
  }
  return { load, useView }
}
