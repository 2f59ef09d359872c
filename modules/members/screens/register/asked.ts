/** What the register is asked, as the address holds it: filters, words, order, columns and the view they came from. Columns that
 *  no address names are those last chosen on this device. */
import { isDay } from '#kernel/day.ts'
import { useAddress, useChangeAddress } from '#ui/Go.tsx'
import type { Search } from '#ui/place.ts'
import {
  columns as allColumns,
  missings,
  statuses,
  usualColumns,
  type Column,
  type Filters,
  type Order,
  type View,
} from '../../register/contract.ts'

export const filterKeys = ['status', 'sex', 'ageFrom', 'ageTo', 'sinceFrom', 'sinceTo', 'missing'] as const
const kept = 'ket-doan.register-columns'

const listOf = (text: string | undefined) => (text ? text.split(',') : [])
/** One of the words there are, or nothing. */
const oneOf = <T extends string>(all: readonly T[], text: string | undefined): T | undefined =>
  all.find((one) => one === text)

const columnsIn = (text: string | undefined) => listOf(text).flatMap((one) => oneOf(allColumns, one) ?? [])

export type Asked = { filters: Partial<Filters>; q: string; order: Order; columns: Column[]; view: string | undefined }

/** Unreadable parts of an address ask nothing. */
export function readAsked(address: Search): Asked {
  const age = (text: string | undefined) =>
    text && /^\d{1,3}$/.test(text) && Number(text) <= 150 ? Number(text) : undefined
  const day = (text: string | undefined) => (text && isDay(text) ? text : undefined)
  const all: Partial<Filters> = {
    status: oneOf(statuses, address.status),
    sex: address.sex === 'male' || address.sex === 'female' ? address.sex : undefined,
    ageFrom: age(address.ageFrom),
    ageTo: age(address.ageTo),
    sinceFrom: day(address.sinceFrom),
    sinceTo: day(address.sinceTo),
    missing: listOf(address.missing).flatMap((one) => oneOf(missings, one) ?? []),
  }
  const named = columnsIn(address.columns)
  return {
    filters: Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)),
    q: address.q ?? '',
    order: address.order === 'name' ? 'name' : 'union',
    columns: address.columns === undefined ? lastColumns() : named,
    view: address.view,
  }
}

function lastColumns(): Column[] {
  const last = columnsIn(localStorage.getItem(kept) ?? undefined)
  return last.length > 0 ? last : [...usualColumns]
}

/** The address of a view: what it does not say is taken away. */
export function addressOfView(view: View | null): Search {
  const { q, order, missing, ...filters } = view?.filters ?? { missing: [] }
  const own = filters as Record<string, string | number | undefined>
  return {
    ...Object.fromEntries(filterKeys.map((key) => [key, own[key] === undefined ? undefined : String(own[key])])),
    missing: missing.length > 0 ? missing.join(',') : undefined,
    q: q || undefined,
    order: order === 'name' ? 'name' : undefined,
    columns: view ? view.columns.join(',') : undefined,
    view: view?.id ?? '0',
  }
}

export function useAsked() {
  const address = useAddress()
  const change = useChangeAddress()
  const asked = readAsked(address)
  return {
    ...asked,
    change,
    hasFilters: filterKeys.some((key) => address[key] !== undefined),
    isPlain: ![...filterKeys, 'q', 'order', 'columns', 'view'].some((key) => address[key] !== undefined),
    clear: () => change(Object.fromEntries(filterKeys.map((key) => [key, undefined]))),
    choose: (columns: readonly Column[]) => {
      localStorage.setItem(kept, columns.join(','))
      change({ columns: columns.join(',') })
    },
  }
}
