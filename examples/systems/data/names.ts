/** A part of a name as its bearer writes it, and in the letters a-z that a user name is made of. */
export type NamePart = { readonly text: string; readonly latin: string };

/** People whose names go together; `weight` says how common they are in the company. */
export type Culture = {
  readonly weight: number;
  /** Whether the family name comes first, with nothing in between. */
  readonly familyFirst: boolean;
  readonly first: readonly NamePart[];
  readonly last: readonly NamePart[];
};

const germanLetters: readonly (readonly [RegExp, string])[] = [
  [/ä/g, 'ae'],
  [/ö/g, 'oe'],
  [/ü/g, 'ue'],
  [/ß/g, 'ss'],
];
const undecomposable: readonly (readonly [RegExp, string])[] = [
  [/æ/g, 'ae'],
  [/ø/g, 'o'],
  [/ł/g, 'l'],
  [/đ/g, 'd'],
  [/ı/g, 'i'],
];

function toLatin(text: string): string {
  const lower = text.toLowerCase();
  const folded = [...germanLetters, ...undecomposable].reduce((now, [letter, plain]) => now.replace(letter, plain), lower);
  return folded.normalize('NFD').replace(/[^a-z]/g, '');
}

/** `Müller, O'Brien`, or with the spelling in a-z where it cannot be worked out: `王=wang`. */
function parts(list: string): readonly NamePart[] {
  return list.split(', ').map((entry) => {
    const [text = '', latin] = entry.split('=');
    return { text, latin: latin ?? toLatin(text) };
  });
}

function culture(weight: number, first: string, last: string, familyFirst = false): Culture {
  return { weight, familyFirst, first: parts(first), last: parts(last) };
}

/** The names of the sample company. All of them are made up. */
export const cultures: readonly Culture[] = [
  culture(
    20,
    'Sanne, Bram, Lotte, Daan, Femke, Joris, Maaike, Thijs, Anouk, Ruben, Noor, Wouter, Esmée, Niels, Jasmijn, Koen, Roos, Gijs',
    "van den Berg, de Vries, Jansen, Bakker, Visser, Smit, Meijer, de Boer, van Dijk, Mulder, 't Hart, Dekker, van der Linden, Hoekstra, Postma, in 't Veld, Kuipers",
  ),
  culture(
    18,
    'Anna, Lukas, Jürgen, Käthe, Björn, Sabine, Matthias, Heike, Florian, Götz, Annegret, Tobias, Ulrike, Stefan, Silke, Jörg',
    'Müller, Schröder, Weiß, Köhler, Bäcker, Hoffmann, Großmann, Krüger, Schäfer, Lehmann, Jäger, Voß, Böhm, Richter, Grünwald, Kästner',
  ),
  culture(
    16,
    'Aoife, Ciarán, Niamh, Emily, James, Siobhán, Oliver, Grace, Padraig, Charlotte, Declan, Hannah, Rory, Imogen, Callum, Róisín',
    "O'Brien, O'Connor, O'Neill, Fitzgerald, Murphy, Walsh, D'Arcy, Whitfield, Hargreaves, Ashdown, Kavanagh, Pemberton, O'Sullivan, Byrne, St John, Thornbury-Cole",
  ),
  culture(
    13,
    'Ingrid, Lars, Søren, Astrid, Åsa, Magnus, Freja, Øyvind, Sigrid, Jørgen, Linnéa, Håkon, Maja, Anders, Tuva, Kåre',
    'Møller, Sørensen, Lindqvist, Åkesson, Bergström, Nygård, Halvorsen, Ødegaard, Kjær, Dahlström, Bakken, Strömberg, Nørgaard, Holm, Hæstad',
  ),
  culture(
    10,
    'Élodie, François, Inès, Benoît, Chloé, José, María, Zoë, João, Lucía, Gaël, Núria, Théo, Beatriz, Anaïs, Íñigo',
    "Lefèvre, D'Angelo, Núñez, García, Gonçalves, Dubois, Béranger, Peña, Dell'Acqua, Moreau, Ibáñez, Araújo, L'Écuyer, Rossi, Conceição",
  ),
  culture(
    9,
    'Łukasz, Zofia, Jiří, Małgorzata, Kateřina, Paweł, Dušan, Agnieszka, Žaneta, Ondřej, Ivana, Grzegorz, Emre, Elif, Çağla',
    'Wójcik, Dvořák, Kowalczyk, Šimůnková, Zieliński, Novotný, Łęcki, Kučera, Grabowska, Hruška, Yıldız, Öztürk, Şahin, Đorđević',
  ),
  culture(
    4,
    'נועה=noa, יונתן=yonatan, שירה=shira, איתי=itai, תמר=tamar, דניאל=daniel, מיכל=michal, אורי=uri',
    'כהן=cohen, לוי=levi, מזרחי=mizrahi, פרידמן=friedman, אברהם=avraham, ביטון=biton, שפירא=shapira, בן־דוד=bendavid',
  ),
  culture(
    4,
    'ليلى=layla, يوسف=yusuf, مريم=maryam, خالد=khalid, نور=nur, سامي=sami, هدى=huda, طارق=tariq',
    'حداد=haddad, المنصوري=almansouri, خوري=khoury, النجار=alnajjar, سليمان=sulayman, الشريف=alsharif, درويش=darwish, عبد الله=abdallah',
  ),
  culture(
    3,
    '伟=wei, 芳=fang, 秀英=xiuying, 子轩=zixuan, 雨桐=yutong, 建国=jianguo',
    '王=wang, 李=li, 欧阳=ouyang, 陈=chen, 赵=zhao, 林=lin',
    true,
  ),
  culture(
    3,
    '陽子=yoko, 健太=kenta, さくら=sakura, 大輔=daisuke, 美咲=misaki, 翔=sho, 由美=yumi',
    '佐藤=sato, 鈴木=suzuki, 高橋=takahashi, 山本=yamamoto, 渡辺=watanabe, 小林=kobayashi',
    true,
  ),
  culture(
    6,
    'Priya, Arjun, Ananya, Chidi, Ngozi, Kwame, Amina, Sunil, Meera, Nguyệt, Đức, Rohan, Folasade, Thandiwe',
    "Raghunathan, Okonkwo, Iyer, Mensah, N'Diaye, Chaudhary, Adeyemi, Trần, Nguyễn, Deshpande, Obi, Banerjee, Mkhize",
  ),
];
