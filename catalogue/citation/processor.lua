-- Run by `pandoc lua`: renders CSL-JSON items in CSL styles, reading one JSON job from standard input
-- and writing one JSON answer to standard output. It opens no file and no address of its own accord:
-- styles arrive as text and are put into pandoc's media bag, where its citation processor looks first.
--
-- job:    {"styles": [text, ...], "requests": [{"item": {...}, "style": index from 1, "locale": "fr-FR"}, ...]}
-- answer: [{"first": runs, "ibid": runs, "subsequent": runs, "bibliography": runs}, ...], in the order of
--         the requests, where runs = [[text, marks], ...] and marks is a string of the letters b, i, c (small capitals),
--         s (superscript), u (subscript). A run is plain text: whoever makes HTML of it escapes it.

local MARK = { Emph = 'i', Strong = 'b', SmallCaps = 'c', Superscript = 's', Subscript = 'u' }

-- Pandoc's metadata knows no numbers, and would read a text as if it were markup if it came as inlines.
local function metadata(value)
  if type(value) == 'table' then
    local copy = {}
    for key, inner in pairs(value) do
      copy[key] = metadata(inner)
    end
    return copy
  elseif type(value) == 'number' then
    return tostring(math.tointeger(value) or value)
  end
  return value
end

local function append(runs, text, marks)
  local last = runs[#runs]
  if last and last[2] == marks then
    last[1] = last[1] .. text
  else
    runs[#runs + 1] = { text, marks }
  end
end

local function marked(marks, mark)
  -- A title in italics within italics returns to upright: CSL's rule, and print's.
  if marks:find(mark, 1, true) then
    return (marks:gsub(mark, ''))
  end
  return marks .. mark
end

local function collect(inlines, marks, runs)
  for _, inline in ipairs(inlines) do
    local kind = inline.t
    if kind == 'Space' or kind == 'SoftBreak' or kind == 'LineBreak' then
      append(runs, ' ', marks)
    elseif kind == 'Note' then
      collect(pandoc.utils.blocks_to_inlines(inline.content), marks, runs)
    elseif MARK[kind] then
      collect(inline.content, marked(marks, MARK[kind]), runs)
    elseif kind == 'Span' and inline.classes:includes('nodecor') then
      collect(inline.content, '', runs)
    elseif inline.content then
      collect(inline.content, marks, runs)
    elseif inline.text then
      append(runs, inline.text, marks)
    end
  end
  return runs
end

local function citing(id)
  return pandoc.Para({ pandoc.Cite({}, { pandoc.Citation(id, 'NormalCitation') }) })
end

local function render(request)
  local item = metadata(request.item)
  -- Cited, cited again at once, and once more after another work: the three positions of a note.
  local between = { id = item.id .. '-between', type = 'document', title = 'x' }
  local document = pandoc.Pandoc(
    { citing(item.id), citing(item.id), citing(between.id), citing(item.id) },
    { references = { item, between }, csl = math.tointeger(request.style) .. '.csl', lang = request.locale }
  )
  local blocks = pandoc.utils.citeproc(document).blocks
  local entry = {} -- stays empty in a style without a bibliography
  pandoc.Pandoc({ table.unpack(blocks, 5) }):walk({
    Div = function(div)
      if div.identifier == 'ref-' .. item.id then
        entry = collect(pandoc.utils.blocks_to_inlines(div.content), '', {})
      end
    end,
  })
  return {
    first = collect(blocks[1].content, '', {}),
    ibid = collect(blocks[2].content, '', {}),
    subsequent = collect(blocks[4].content, '', {}),
    bibliography = entry,
  }
end

local job = pandoc.json.decode(io.stdin:read('a'), false)
for index, style in ipairs(job.styles) do
  pandoc.mediabag.insert(index .. '.csl', 'application/vnd.citationstyles.style+xml', style)
end
local answer = {}
for index, request in ipairs(job.requests) do
  answer[index] = render(request)
end
io.stdout:write(pandoc.json.encode(answer))
