-- Who held which office where, and when documents show it: one row for each person and office, put together from
-- person_roles. A position of several offices (甲市委常委、乙市委书记) is taken apart, and an office is the same however
-- it is written: 乙市委书记, 中共乙市委书记 and 市委书记 of the same place; 市长, 代市长 and 市人民政府市长.
-- first_seen and last_seen are dates of texts, not of appointments: the tenure is at least as long.
--
-- person: Name of the person. Two persons of one name in the same office cannot be told apart.
-- office: The office without its place: 市委书记, 市长, 人大常委会主任.
-- ref_area: GB/T 2260 code of the place that the office belongs to; NULL when the text does not tell.
-- ref_area_name: Its official full name.
-- organization: The firm or body, where the words of the office alone do not tell which; NULL otherwise.
-- first_seen: The earliest date at which a text shows the person in the office: 2024-09-20, 2024-09, 2024. A year counts as
--   its last day, so that an exact date goes before it. NULL when no text with a date does.
-- last_seen: The latest such date.
-- successor: The next person who is first seen in the same office. NULL when none is known, when the order of the two
--   cannot be told (overlapping dates), and for offices that several hold at a time: deputies, members, journalists.
-- ended_by: Date at which the successor is first seen: the tenure ended by then.
-- former_by: The earliest date at which a text calls the office a former one (原市长); NULL when none does.
-- acting: Whether the person is only shown as acting (代市长).
-- n_sources: In how many documents, where documents that say it in the very same sentence count as one.
-- confidence: certain when sources of several dates or a successor bound the tenure; single for one dated sighting (or
--   several of one date); undated when no text that shows the person in the office has a date; former when it is only told
--   as a former office; overlap when another person is seen in the same office in between: somebody was read wrongly, or
--   the office was held twice.
-- positions: The positions as written.
-- doc_ids: The documents.
CREATE VIEW marts.officeholders AS
WITH areas AS (
    SELECT
        area.code AS ref_area,
        -- The place itself and what it belongs to, from below: 市委常委 of the city above is an office of that city.
        list_filter([
            {'code': area.code, 'words': area.short_name},
            {'code': above.code, 'words': above.short_name},
            {'code': top.code, 'words': top.short_name}
        ], lambda known: known.code <> '000000' AND length(known.words) > 1) AS places
    FROM main.places AS area
    LEFT JOIN main.places AS above ON above.code = area.parent_code
    LEFT JOIN main.places AS top ON top.code = above.parent_code
),
-- Full names that mean one place.
full_names AS (
    SELECT name, {'code': min(code), 'words': min(name)} AS place
    FROM main.places
    WHERE level <> 'town' AND valid_to IS NULL
    GROUP BY name
    HAVING count(*) = 1
),
-- Each position is taken apart once, however often it is told.
positions AS (
    SELECT position, organization, ref_area, any_value(places) AS places
    FROM main.person_roles
    LEFT JOIN areas USING (ref_area)
    GROUP BY ALL
),
-- 、 parts offices only after a word that ends one: 经济、信息化局局长 stays whole.
parts AS (
    SELECT *, unnest(string_split(rtrim(regexp_replace(
        replace(position, ' ', ''),
        '(书记|长|主任|主席|常委|政委|主委|总理|经理|助理|总监|总裁|总编|主编|董事|理事|监事|领事|代表|创始人|合伙人'
        || '|负责人|召集人|发言人|委员|成员|专员|院士|教授|研究员|编辑|记者|顾问|师|CEO)(?:[、，,；;&/]|兼任?)',
        '\1|', 'g'
    ), '|'), '|')) AS part
    FROM positions
),
-- The words of a place at the beginning of a part: of 上海市嘉定区委书记 the last, 嘉定区. A zone is none.
worded AS (
    SELECT
        *,
        regexp_extract(
            regexp_extract(
                regexp_replace(part, '^(?:中共|原|时任|前任)+', ''),
                '^(?:[^省市县区州旗盟镇乡]{2,}[省市县区州旗盟镇乡])+'
            ),
            '[^省市县区州旗盟镇乡]{2,}[省市县区州旗盟镇乡]$'
        ) AS place_words,
        regexp_matches(
            place_words,
            '^$|^(?:常务|第一|代理|人民|政府|党)|自治区|(?:开发|高新|新|园|经开|示范|试验|合作|保税|社|景|度假|功能)区$'
        ) AS names_no_place
    FROM parts
),
placed AS (
    SELECT
        worded.* EXCLUDE (places),
        coalesce(
            list_filter(places, lambda known: contains(part, known.words))[1],
            whole.place,
            -- With the province before it: 浙江金华市, 黑龙江某市.
            without_two.place,
            without_three.place,
            CASE WHEN names_no_place THEN {'code': ref_area, 'words': ''} END
        ) AS place
    FROM worded
    LEFT JOIN full_names AS whole ON whole.name = place_words
    LEFT JOIN full_names AS without_two ON without_two.name = place_words[3:]
    LEFT JOIN full_names AS without_three ON without_three.name = place_words[4:]
),
-- The name of the place is cut off where the office follows: 昆山|市委书记. 苏州大学校长 stays whole, it is a name.
cut AS (
    SELECT
        *,
        CASE WHEN place.words <> '' THEN strpos(part, place.words) ELSE 0 END AS place_start,
        rtrim(place.words, '省市县区州旗盟镇乡') AS place_stem,
        part[place_start + length(place_stem):] AS after_place,
        place_start > 0
            AND regexp_matches(
                after_place,
                '^(?:[省市县区州旗盟镇乡]|[^区州县旗]{0,8}自治[区州县旗]|经济|高新|经开|开发|新区|委|人民|政府|党|人大|政协|纪委'
                || '|监委|管委)'
            )
            AND NOT regexp_matches(after_place, '公司|集团|大学|学院|中学|小学|学校|银行|医院|协会|商会|日报|晚报') AS is_cut,
        CASE WHEN is_cut THEN part[:place_start - 1] ELSE '' END AS before_place,
        CASE WHEN is_cut THEN after_place ELSE part END AS words
    FROM placed
),
-- One form for the ways to write an office, step by step.
offices AS (
    SELECT
        position, organization, ref_area, place.code AS place_code, name AS place_name,
        starts_with(before_place, '原') OR starts_with(before_place, '前') OR regexp_matches(
            words,
            '^(?:原[^位子料创生点油木本野色装]|前任|前[省市县区州国总副党部厅局主书行董常])|[部委局厅院办会署社司处所校室区市县省州]原[^州阳平县]'
        ) AS is_former,
        contains(part, '时任') AS is_of_then,
        regexp_replace(words, CASE WHEN is_former THEN '^(?:中共|时任|前任|前|原)+' ELSE '^(?:中共|时任|现任)+' END, '') AS plain,
        regexp_replace(plain, '([部委局厅院办会署社司处所校室区市县省州])原([^州阳平县])', '\1\2') AS lasting,
        regexp_replace(lasting, '^[^区州县旗]{0,8}自治([区州县旗])', '\1') AS of_level,
        regexp_replace(of_level, '代理?([省市县区州旗盟镇乡]长)$', '\1') AS full_office,
        full_office <> of_level AS is_acting,
        -- 市人民政府市长, 市市长
        regexp_replace(
            full_office, '^[省市县区州旗盟镇乡]?(?:人民)?(?:政府)?((?:常务)?副?[省市县区州旗盟镇乡]长)$', '\1'
        ) AS headed,
        regexp_replace(headed, '^区?(?:人民)?政府(副?主席)$', '区\1') AS chaired,
        -- 州州委书记, 市人大常委会主任
        regexp_replace(
            chaired, '^[省市县区州旗盟]([省市县区州旗盟]委|人大|政协|纪委|监委|人民法院|法院|人民检察院|检察院)', '\1'
        ) AS office,
        -- 总经理 alone does not tell of what; 市委书记 does.
        CASE WHEN length(office) <= 6 AND NOT contains(part, organization)
            AND NOT regexp_matches(organization, '(?:委|委员会|政府|人大|常委会|政协|[省市县区州旗])$')
            THEN organization END AS body
    FROM cut
    LEFT JOIN (SELECT code, name FROM main.places) AS places ON places.code = place.code
),
statements AS (
    SELECT
        person, office, place_code, place_name, body, is_former, is_acting, person_roles.position, doc_id,
        coalesce(sentence, doc_id) AS wording,
        role_date,
        -- 时任 tells of some earlier time, which the date is not.
        CASE WHEN NOT is_former AND NOT is_of_then THEN role_date END AS seen,
        rpad(seen, 10, '-01-01') AS seen_from,
        CASE length(seen) WHEN 4 THEN seen || '-12-31' WHEN 7 THEN seen || '-31' ELSE seen END AS seen_by
    FROM main.person_roles
    JOIN offices
        ON offices.position = person_roles.position
        AND offices.organization IS NOT DISTINCT FROM person_roles.organization
        AND offices.ref_area IS NOT DISTINCT FROM person_roles.ref_area
),
wordings AS (
    SELECT
        *,
        min(doc_id) OVER (PARTITION BY person, office, place_code, place_name, body, wording) AS first_doc_id
    FROM statements
),
-- A year proves the office on its last day at the latest: the earliest proof and the latest are kept.
tenures AS (
    SELECT
        person, office, place_code, place_name, body,
        min_by(seen, seen_by) AS first_seen,
        min(seen_by) AS first_by,
        rpad(first_seen, 10, '-01-01') AS first_from,
        max_by(seen, seen_from) AS last_seen,
        max(seen_from) AS last_from,
        min(role_date) FILTER (is_former) AS former_by,
        bool_and(is_acting) AS acting,
        count(DISTINCT first_doc_id) AS n_sources,
        count(DISTINCT seen) AS n_dates,
        bool_and(is_former) AS only_former,
        list_sort(list(DISTINCT position)) AS positions,
        list_sort(list(DISTINCT doc_id)) AS doc_ids,
        (place_code IS NOT NULL OR body IS NOT NULL OR length(office) > 6) AND NOT contains(office, '副')
            AND regexp_matches(
                office,
                '^(?:[省市县区州旗盟镇乡](?:委书记|长)|区主席|人大常委会主任|人大(?:主席团)?主席|政协主席)$'
                || '|(?:党委|党工委|纪委|政法委|党组)书记$|[部委局厅院办会署社司团行](?:部长|主任|局长|厅长|院长|董事长|总经理)$'
                || '|(?:局|厅|部|院|校|行)长$|检察长$|董事长$|总经理$|总裁$'
            ) AS has_one_holder
    FROM wordings
    GROUP BY ALL
),
-- Only the tenures that can follow each other are lined up, each office by itself.
followed AS (
    SELECT
        *,
        lead({'person': person, 'first_seen': first_seen, 'first_from': first_from}) OVER office_by_date AS next,
        is_followed AND (
            coalesce(min(first_by) OVER later < last_from, false)
            OR coalesce(max(last_from) OVER earlier > first_by, false)
        ) AS has_overlap
    FROM (SELECT *, has_one_holder AND first_seen IS NOT NULL AS is_followed FROM tenures)
    WINDOW
        office_by_date AS (PARTITION BY office, place_code, place_name, body, is_followed ORDER BY first_by, person),
        later AS (office_by_date ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING),
        earlier AS (office_by_date ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
)
SELECT
    person,
    office,
    place_code AS ref_area,
    place_name AS ref_area_name,
    body AS organization,
    first_seen,
    last_seen,
    CASE WHEN is_ended THEN next.person END AS successor,
    CASE WHEN is_ended THEN next.first_seen END AS ended_by,
    former_by,
    acting,
    n_sources,
    CASE
        WHEN only_former THEN 'former'
        WHEN first_seen IS NULL THEN 'undated'
        WHEN has_overlap THEN 'overlap'
        WHEN is_ended OR n_sources > 1 AND n_dates > 1 THEN 'certain'
        ELSE 'single'
    END AS confidence,
    positions,
    doc_ids
FROM (
    SELECT *, is_followed AND NOT has_overlap AND coalesce(next.first_from > first_by, false) AS is_ended FROM followed
);
