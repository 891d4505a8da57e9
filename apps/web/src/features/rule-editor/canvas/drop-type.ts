import type { NodeManifest } from '@thingwire/rules'
import { nodeSize, type Place } from '../model/places.ts'
import type { CanvasActions } from './actions.ts'
import { rememberType } from './recent-types.ts'

/** A type of the palette was let go at a point of the screen, over a wire or not. */
export const dropType = (canvas: CanvasActions, manifest: NodeManifest, at: Place, wire: string | null): void => {
  rememberType(manifest.className)
  const { x, y } = canvas.rf.screenToFlowPosition(at)
  canvas.add(manifest, {
    place: { x: x - nodeSize.width / 2, y: y - nodeSize.height / 2 },
    from: null,
    labels: [],
    wire: wire !== null && canvas.editor.document.wires[wire] ? wire : null,
  })
}
