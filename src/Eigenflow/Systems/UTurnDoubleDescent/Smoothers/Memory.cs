namespace Eigenflow.Systems.UTurnDoubleDescent;

/// <summary>Refuses what does not fit before it is allocated.</summary>
internal static class Memory
{
    private const double Part = 0.5;

    /// <summary>Checks.</summary>
    /// <param name="what">What it is for.</param>
    /// <param name="numbers">Numbers of eight bytes.</param>
    /// <param name="remedy">What to do.</param>
    /// <exception cref="TooLargeException">They take more than half of the memory, or more than an array holds.</exception>
    public static void Check(string what, double numbers, string remedy)
    {
        var available = Part * GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (numbers * sizeof(double) > available)
            throw new TooLargeException(what, numbers * sizeof(double), available, remedy);
    }

    /// <summary>Checks one matrix, which is one array.</summary>
    /// <param name="what">What it is for.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="remedy">What to do.</param>
    /// <exception cref="TooLargeException">It takes more than half of the memory, or more than an array holds.</exception>
    public static void CheckMatrix(string what, double rows, double columns, string remedy)
    {
        Check(what, rows * columns, remedy);
        if (rows * columns > Array.MaxLength)
            throw new TooLargeException(what, rows * columns * sizeof(double), (double)Array.MaxLength * sizeof(double), remedy);
    }
}
