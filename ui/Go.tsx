/** A link inside the app that carries where and when the reader looks. The router's own types stop here. */
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import type { AnchorHTMLAttributes, Ref } from 'react'
import { placeOf, type Search } from './place.ts'

type GoProps = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> & {
  to: string
  /** More of the address, beside the place. */
  search?: Search
  ref?: Ref<HTMLAnchorElement>
  /** Marks the link when its page, or one below it, is open. */
  marks?: boolean
  exact?: boolean
}

export function Go({ to, search, marks, exact, ...rest }: GoProps) {
  const active = marks
    ? {
        activeProps: { 'aria-current': 'page' as const },
        activeOptions: { exact: exact ?? false, includeSearch: false },
      }
    : {}
  return <Link to={to} search={(previous: Search) => ({ ...placeOf(previous), ...search })} {...active} {...rest} />
}

/** The whole address' question part, as text. */
export function useAddress(): Search {
  const search: Search = useSearch({ strict: false })
  return search
}

/** One named part of the path; '' when the path has none. */
export function useParam(name: string): string {
  const params: Record<string, string | undefined> = useParams({ strict: false })
  return params[name] ?? ''
}

/** Goes to a page with the place kept; `replace` leaves no step behind. */
export function useGo() {
  const navigate = useNavigate()
  return (to: string, search: Search = {}, { replace = false } = {}) =>
    void navigate({ to, search: (previous: Search) => ({ ...placeOf(previous), ...search }), replace })
}

/** Changes some of this page's own address and keeps the rest. */
export function useChangeAddress() {
  const navigate = useNavigate()
  return (change: Search, { replace = true } = {}) =>
    void navigate({ to: '.', search: (previous: Search) => ({ ...previous, ...change }), replace })
}
