namespace Eigenflow.Data;

/// <summary>
/// Reads what Python's repr writes into the header of an array: dictionaries, lists and tuples of texts, whole numbers (of Python 2 with L at the end), True, False and None.
/// A dictionary becomes a <see cref="Dictionary{TKey,TValue}"/>, lists and tuples a <see cref="List{T}"/>, whole numbers a text of digits in a <see cref="Whole"/>.
/// </summary>
internal sealed class PythonLiteral
{
    private const int Deepest = 16;
    private readonly string text;
    private int place;

    private PythonLiteral(string text) => this.text = text;

    /// <summary>Reads one value and blanks after it.</summary>
    /// <exception cref="FormatException">Anything else.</exception>
    public static object? Parse(string text)
    {
        var parser = new PythonLiteral(text);
        var value = parser.Value(0);
        parser.SkipBlanks();
        return parser.place == text.Length ? value : throw parser.Wrong();
    }

    private object? Value(int depth)
    {
        if (depth > Deepest)
            throw Wrong();
        SkipBlanks();
        var letter = Peek();
        if (letter is 'u' or 'b' && place + 1 < text.Length && text[place + 1] is '\'' or '"')
            letter = text[++place];
        switch (letter)
        {
            case '{':
                return Map(depth);
            case '(' or '[':
                return Items(letter == '(' ? ')' : ']', depth);
            case '\'' or '"':
                return Text(letter);
            case '-' or (>= '0' and <= '9'):
                return Number();
            default:
                var start = place;
                while (char.IsAsciiLetter(Peek()))
                    place++;
                return text[start..place] switch
                {
                    "True" => true,
                    "False" => false,
                    "None" => null,
                    _ => throw Wrong(),
                };
        }
    }

    private Dictionary<string, object?> Map(int depth)
    {
        var map = new Dictionary<string, object?>(StringComparer.Ordinal);
        place++;
        for (SkipBlanks(); Peek() != '}'; SkipBlanks())
        {
            var key = Value(depth + 1) as string ?? throw Wrong();
            Expect(':');
            map[key] = Value(depth + 1);
            SkipBlanks();
            if (Peek() != '}')
                Expect(',');
        }

        place++;
        return map;
    }

    private List<object?> Items(char end, int depth)
    {
        var items = new List<object?>();
        place++;
        for (SkipBlanks(); Peek() != end; SkipBlanks())
        {
            items.Add(Value(depth + 1));
            SkipBlanks();
            if (Peek() != end)
                Expect(',');
        }

        place++;
        return items;
    }

    private string Text(char quote)
    {
        var end = text.IndexOf(quote, place + 1);
        if (end < 0)
            throw Wrong();
        var value = text[(place + 1)..end];
        place = end + 1;
        return value;
    }

    private Whole Number()
    {
        var start = place++;
        while (char.IsAsciiDigit(Peek()))
            place++;
        var digits = text[start..place];
        if (Peek() is 'L' or 'l')
            place++;
        return new Whole(digits);
    }

    private void Expect(char letter)
    {
        SkipBlanks();
        if (Peek() != letter)
            throw Wrong();
        place++;
    }

    private void SkipBlanks()
    {
        while (char.IsWhiteSpace(Peek()))
            place++;
    }

    private char Peek() => place < text.Length ? text[place] : '\0';

    private FormatException Wrong() => new(FormattableString.Invariant($"letter {place + 1} of the header"));

    /// <summary>A whole number of any size.</summary>
    /// <param name="Digits">Its sign and digits.</param>
    internal readonly record struct Whole(string Digits);
}
