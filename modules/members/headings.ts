/** What the columns of a list of people may mean, and the words that say so: folded, the most telling first. */
import { fold } from '#kernel/fold.ts'
import type { FieldCode } from './fields.ts'

export type ColumnField =
  | 'fullName'
  | 'familyName'
  | 'givenName'
  | 'birthDate'
  | 'birthDay'
  | 'birthMonth'
  | 'birthYear'
  | 'birthIfMale'
  | 'birthIfFemale'
  | 'sex'
  | 'isFemale'
  | 'isMale'
  | 'identityNumber'
  | 'citizenship'
  | 'union'
  | 'unionCode'
  | 'admittedOn'
  | 'decisionNumber'
  | FieldCode

type Confidence = 'sure' | 'guess'
/** `header`: the distinct texts that stand over the column. */
export type Column = { index: number; header: string; field: ColumnField | null; confidence: Confidence }
type Meaning = { field: ColumnField | null; confidence: Confidence }

/** `null`: known, and of no use: running numbers, remarks, signatures. */
const sure: [ColumnField | null, RegExp][] = [
  [
    null,
    /^(stt|s tt|tt|so tt|so thu tu|thu tu|no|ghi chu.*|notes?|remarks?|(ho ten )?(ky|chu ky)\b.*|noi sinh|anh|tuoi)$/,
  ],
  ['unionCode', /\b(ma|ma so) (so )?(cdcs|cong doan|don vi)\b/],
  ['decisionNumber', /\b(so|so hieu) (quyet dinh|qd)\b|\b(quyet dinh|qd)\b.*\bso$/],
  ['socialInsuranceNo', /^(?!.*(ngay|thang|tham gia)).*\b(bhxh|bao hiem xa hoi)\b/],
  ['cardIssuedOn', /\bngay (cap|phat|lam|doi) the\b|\bthe (doan vien )?ngay (cap|phat)\b/],
  ['cardNumber', /\b(so|ma|ma so|so hieu) the\b|\bthe doan vien so\b|^the doan vien$|^(ma|ma so) (doan vien|dv)$/],
  ['oldIdNumber', /\b(cmnd|cmtnd|cmt|chung minh( nhan dan)?( thu)?)( 9 so)? cu\b/],
  ['identityIssuedOn', /^(?!.*\bthe\b).*\bngay cap\b/],
  ['identityIssuedBy', /\bnoi cap\b/],
  [
    'identityNumber',
    /\b(cccd|cmnd|cmtnd|cmt|can cuoc|chung minh|dinh danh|ddcn|ho chieu|passport|so giay to|identity|id (number|card|no))\b/,
  ],
  ['email', /\be ?mail\b|\bthu dien tu\b/],
  ['phone', /\b(dien thoai|sdt|dtdd|di dong|phone|mobile|zalo|so dt|so lien (he|lac))\b|^dt$/],
  ['permanentAddress', /\b(thuong tru|ho khau|hktt)\b/],
  [
    'currentAddress',
    /\b(noi o|cho o|noi cu tru|tam tru|dia chi( (hien nay|lien he|lien lac|nha))?|address)$|\b(noi|cho) o\b/,
  ],
  ['ancestralPlace', /\b(que quan|nguyen quan|home ?town)\b|^que$/],
  ['otherName', /\bten (goi )?khac\b|\bbi danh\b|\bten thuong goi\b/],
  ['partyOfficialOn', /\bchinh thuc\b(?=.*\bdang\b)|\bdang\b(?=.*\bchinh thuc\b)|^(ngay )?chinh thuc$/],
  ['partyProbationaryOn', /\b(vao|ket nap( vao)?) dang\b|\bdu bi\b/],
  ['youthJoinedOn', /\b(vao|ket nap( vao)?) (doan tn|doan thanh nien|doan tncs)|^(ngay )?vao doan$/],
  ['joinedOn', /\b(vao|gia nhap|tham gia) (to chuc )?(cong doan|cd|cdvn)\b/],
  ['admittedOn', /\bket nap\b|\b(ngay )?(vao|gia nhap) doan vien\b|\badmitted\b/],
  ['unionPost', /\bchuc (vu|danh)( trong)? (cong doan|cd)\b|\bchuc vu bch\b/],
  ['managementRole', /\b(chuc vu|vai tro) quan ly\b/],
  ['employedOn', /\b(vao lam|vao cong ty|vao cty|tuyen dung|nhan viec|vao nganh|bat dau lam)\b/],
  ['contractMonths', /\bthoi han (cua )?(hop dong|hd|hdld)\b|\bso thang (hop dong|hd)\b/],
  ['contractType', /\b(loai )?(hop dong|hdld)\b|\bloai hd\b/],
  ['childrenCount', /\bso con\b|^con$/],
  ['maritalStatus', /\bhon nhan\b|\btinh trang gia dinh\b/],
  ['hardship', /\bhoan canh\b|\bkho khan\b/],
  ['bankAccount', /\b(tai khoan|stk|so tk)\b/],
  ['awards', /\bkhen thuong\b|\bdanh hieu\b/],
  ['politicalTheory', /\b(ly luan|llct)\b/],
  ['foreignLanguage', /\bngoai ngu\b/],
  ['computing', /\b(tin hoc|cntt)\b/],
  ['skillGrade', /\b(bac tho|tay nghe)\b/],
  ['schooling', /\b(van hoa|hoc van|giao duc pho thong|gdpt)\b/],
  ['profession', /\b(chuyen mon|cmnv)\b/],
  ['ethnicity', /\bdan toc\b|\bethnic/],
  ['religion', /\bton giao\b|\breligion\b/],
  ['citizenship', /\bquoc tich\b|\b(nationality|citizenship)\b/],
  ['sex', /\b(gioi tinh|gender|sex)$|^(gioi|phai|gt|nam nu)$|\bgioi tinh (nam nu|nam hoac nu)$/],
  ['isFemale', /^((gioi tinh|gioi|phai) )?(la )?nu( x)?$/],
  ['isMale', /^((gioi tinh|gioi|phai) )?(la )?nam( x)?$/],
  ['birthIfFemale', /\bsinh nu$/],
  [
    'birthDate',
    /\b(ngay thang nam|ngay thang|ngay) sinh\b|\bsinh ngay\b|^(sinh|ntns|nts)$|\b(date of birth|birth ?date|dob)\b/,
  ],
  ['birthMonth', /^thang sinh$/],
  ['birthYear', /^(sinh nam|nam sinh|ns|birth year|year of birth)\b/],
  [
    'familyName',
    /^ho( va)?( ten)?( chu)? (dem|lot|dem va ho)$|^ho( va)? (chu )?(dem|lot)$|^(ho|ten dem|last name|family name|surname)$/,
  ],
  [
    'fullName',
    /\bho( va| &)? ?ten\b|\bfull ?name\b|^ho ten|^ten (doan vien|nguoi lao dong|nld|cong nhan|nhan vien|cnvc|cnld)$|^name$/,
  ],
  ['givenName', /^(ten|given name|first name)$/],
  ['union', /\bcdcs\b|\bten cong doan\b|^cong doan( co so)?$|\bnghiep doan\b|\bcong doan co so\b/],
]

const guesses: [ColumnField, RegExp][] = [
  ['workplace', /\bnoi (lam viec|cong tac)\b|\b(bo phan|phong ban|phan xuong|to san xuat|xuong)\b|^(phong|to|chuyen)$/],
  ['union', /^(ten )?(don vi|cong ty|cty|doanh nghiep|co quan)\b/],
  ['job', /\b(cong viec|nghe nghiep|chuc danh|vi tri|chuc vu|nghe|job|position)\b/],
  ['schooling', /\btrinh do\b/],
  ['phone', /\blien (he|lac)\b/],
]

/** What a header says, or null when nobody here knows its words. Long texts are titles. */
export function meaningOf(header: string): Meaning | null {
  const words = fold(header)
  if (words === '' || words.split(' ').length > 14) return null
  const known = sure.find(([, pattern]) => pattern.test(words))
  if (known) return { field: known[0], confidence: 'sure' }
  const guess = guesses.find(([, pattern]) => pattern.test(words))
  return guess ? { field: guess[0], confidence: 'guess' } : null
}
