/** Who looked at a record, when, at what and why: for whoever answers the member's question. */
import type { Reply } from '#kernel/endpoint.ts'
import { Part } from '#ui/Page.tsx'
import { useWords } from '#ui/words.tsx'
import type { showRecord } from '../record/contract.ts'

export function RecordLooks({ looks }: { looks: Reply<typeof showRecord>['looks'] }) {
  const { say, instant } = useWords()
  return (
    <Part title={say.person.looks}>
      {looks.length === 0 && <p className="muted">{say.person.noLooks}</p>}
      {looks.length > 0 && (
        <div className="scroll">
          <table className="ledger cards looks">
            <thead>
              <tr>
                <th scope="col">{say.person.when}</th>
                <th scope="col">{say.person.who}</th>
                <th scope="col">{say.person.what}</th>
              </tr>
            </thead>
            <tbody>
              {looks.map((look, index) => (
                <tr key={index}>
                  <td className="code muted">{instant(look.at)}</td>
                  <th scope="row">{look.by}</th>
                  <td>
                    {say.person.lookKinds[look.what]}
                    {look.reason && <small className="block muted">{look.reason}</small>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Part>
  )
}
