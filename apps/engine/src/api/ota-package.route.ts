import {
  AppError,
  checksumAlgorithms,
  entityId,
  otaPackageInfoSchema,
  otaPackageSchema,
  otaPackageTypes,
  saveOtaPackageSchema,
} from '@thingwire/contracts'
import { scopeOf } from '@thingwire/db'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { ApiDeps } from './api-deps.ts'
import { attachment } from '../http/attachment.ts'
import { maxBodyBytes, maxUploadBytes } from './body-limit.ts'
import { pageOf } from './entity-schemas.ts'
import { pageQuerySchema, pathId, toPageLink } from './page-query.ts'
import { addRoute, type RouteGroup, tenantAdmin, tenantOrCustomer } from './route.ts'
import { readUploadForm } from './upload-form.ts'

const packageParams = z.object({ otaPackageId: pathId })
const noAlgorithm = 'OtaPackage checksum algorithm should be specified!'
const checksum = z.string().max(1_020).optional()
const uploadQuery = z.object({
  checksum,
  checksumAlgorithm: z.enum(checksumAlgorithms, { error: noAlgorithm }).optional(),
})
const uploadFields = z.object({ checksum, checksumAlgorithm: z.enum(checksumAlgorithms, { error: noAlgorithm }) })

/** Firmware and software packages for devices (as ThingsBoard). */
export const otaPackageRoutes = (deps: ApiDeps): RouteGroup => {
  const tag = 'OTA packages'
  return {
    tag,
    register: (api) => {
      readRoutes(api, tag, deps)
      listRoutes(api, tag, deps)
      writeRoutes(api, tag, deps)
    },
  }
}

const readRoutes = (api: FastifyInstance, tag: string, { otaPackages }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/otaPackage/:otaPackageId/download',
    access: tenantAdmin,
    summary: 'The file of a package',
    params: packageParams,
    response: 'raw',
    handle: async ({ caller, params, reply }) => {
      const { info, data } = await otaPackages.findWithData(caller, params.otaPackageId)
      if (info.url) throw new AppError('ARGUMENT_INVALID', 'The package lies at a URL: it has no file here!')
      if (!data) throw new AppError('ENTITY_NOT_FOUND')
      attachment(reply, info.fileName ?? info.title, info.contentType).send(data)
    },
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/otaPackage/info/:otaPackageId',
    access: tenantOrCustomer,
    summary: 'A package without its bytes',
    params: packageParams,
    response: otaPackageInfoSchema,
    handle: ({ caller, params }) => otaPackages.find(caller, params.otaPackageId),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/otaPackage/:otaPackageId',
    access: tenantAdmin,
    summary: 'A package with its bytes as base64',
    params: packageParams,
    response: otaPackageSchema,
    handle: async ({ caller, params }) => {
      const { info, data } = await otaPackages.findWithData(caller, params.otaPackageId)
      return { ...info, data: data?.toString('base64') ?? null }
    },
  })
}

const listRoutes = (api: FastifyInstance, tag: string, { access, database }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/otaPackages',
    access: tenantOrCustomer,
    summary: 'Packages by page',
    query: pageQuerySchema,
    response: pageOf(otaPackageInfoSchema),
    handle: ({ caller, query }) => database.otaPackages.list(scopeOf(caller), toPageLink(query)),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/otaPackages/:deviceProfileId/:type',
    access: tenantOrCustomer,
    summary: 'Packages that devices of a profile can be given',
    params: z.object({ deviceProfileId: pathId, type: z.enum(otaPackageTypes) }),
    query: pageQuerySchema,
    response: pageOf(otaPackageInfoSchema),
    handle: async ({ caller, params, query }) => {
      const profileId = entityId('DEVICE_PROFILE', params.deviceProfileId)
      await access.require(caller, profileId, 'READ', { missingText: 'byId' })
      return database.otaPackages.list(scopeOf(caller), toPageLink(query), params)
    },
  })
}

const writeRoutes = (api: FastifyInstance, tag: string, { otaPackages }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/otaPackage',
    access: tenantAdmin,
    summary: 'Create a package, still without a file, or change its description',
    body: saveOtaPackageSchema,
    response: otaPackageInfoSchema,
    handle: ({ caller, body }) => otaPackages.save(caller, body),
  })
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/otaPackage/:otaPackageId',
    access: tenantAdmin,
    summary: 'Load up the file of a package: the part `file`; it is checked against the checksum',
    params: packageParams,
    query: uploadQuery,
    consumes: 'multipart',
    bodyLimit: maxUploadBytes + maxBodyBytes,
    response: otaPackageInfoSchema,
    handle: async ({ caller, params, query, request }) => {
      await otaPackages.requireUpload(caller, params.otaPackageId)
      const { file, fields } = await readUploadForm(request)
      // Query parameters and fields of the form are the same to clients made for ThingsBoard.
      const given = uploadFields.safeParse({ ...Object.fromEntries(fields), ...query })
      if (!given.success) throw new AppError('ARGUMENT_INVALID', given.error.issues[0]?.message ?? noAlgorithm)
      return otaPackages.upload(caller, params.otaPackageId, {
        data: file.data,
        fileName: file.name,
        contentType: file.mediaType,
        checksumAlgorithm: given.data.checksumAlgorithm,
        checksum: given.data.checksum?.trim() || undefined,
      })
    },
  })
  addRoute(api, tag, {
    method: 'DELETE',
    path: '/api/otaPackage/:otaPackageId',
    access: tenantAdmin,
    summary: 'Delete a package that no device or profile uses',
    params: packageParams,
    response: 'empty',
    handle: ({ caller, params }) => otaPackages.delete(caller, params.otaPackageId),
  })
}
