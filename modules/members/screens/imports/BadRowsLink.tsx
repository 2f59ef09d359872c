/** The rows that are not written, as a workbook to mend and import again. */
import { Icon } from '#ui/Icon.tsx'
import { fileOf } from '#ui/paths.ts'
import { useWords } from '#ui/words.tsx'
import { badRowsFile } from '../../import/contract.ts'

export function BadRowsLink({ importId }: { importId: string }) {
  const { say } = useWords()
  return (
    <a className="link-button bad-rows" href={fileOf(badRowsFile, { params: { importId } })} download>
      <Icon name="download" size={16} /> {say.imports.badRows}
    </a>
  )
}
