namespace Eigenflow.Random;

/// <summary>The shuffle of Fisher and Yates in parts: a word per place, so that places that are not asked for cost nothing.</summary>
internal static class Shuffle
{
    /// <summary>Gives places of a list what a random order of the list has there; they are exchanged with later places.</summary>
    /// <param name="items">The list; places before <paramref name="from"/> are already drawn.</param>
    /// <param name="from">First place.</param>
    /// <param name="to">Behind the last place, at most the length.</param>
    /// <param name="word">Random word of a place.</param>
    public static void Places(Span<int> items, int from, int to, Func<int, uint> word)
    {
        for (var k = from; k < to; k++)
        {
            var other = k + WholeNumbers.Below(word(k), items.Length - k);
            (items[k], items[other]) = (items[other], items[k]);
        }
    }

    /// <summary>A random order of 0 … count − 1.</summary>
    /// <param name="count">How many.</param>
    /// <param name="word">Random word of a place.</param>
    public static int[] Order(int count, Func<int, uint> word)
    {
        var order = new int[count];
        for (var k = 0; k < count; k++)
            order[k] = k;
        Places(order, 0, count - 1, word);
        return order;
    }
}
