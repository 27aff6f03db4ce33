using Eigenflow.Data;
using Eigenflow.Random;

namespace Eigenflow.Tests.Spectra;

/// <summary>Rows of numbers with a known covariance, for tests of spectra.</summary>
internal static class SampleRows
{
    /// <summary>Gaussian rows whose columns have given variances.</summary>
    public static DataMatrix Gaussian(int rows, int columns, Func<int, double> variance, ulong seed) => Make(rows, columns, variance, seed, (_, number) => number);

    /// <summary>Rows of Student's t: each row divided by one root of chi squared over its degrees of freedom (elliptical).</summary>
    public static DataMatrix Elliptical(int rows, int columns, Func<int, double> variance, int freedom, ulong seed)
    {
        double[] scales = [.. Enumerable.Range(0, rows).Select(row => 1 / Math.Sqrt(Chi(freedom, seed + 1000, row) / freedom))];
        return Make(rows, columns, variance, seed, (index, number) => number * scales[index / columns]);
    }

    /// <summary>Independent numbers of Student's t.</summary>
    public static DataMatrix Student(int rows, int columns, Func<int, double> variance, int freedom, ulong seed) =>
        Make(rows, columns, variance, seed, (index, number) => number / Math.Sqrt(Chi(freedom, seed + 2000, index) / freedom));

    /// <summary>Rows in which <paramref name="strengths"/> are the first variances and all others are one.</summary>
    public static DataMatrix Spiked(int rows, int columns, double[] strengths, ulong seed) =>
        Gaussian(rows, columns, mode => mode <= strengths.Length ? strengths[mode - 1] : 1, seed);

    private static DataMatrix Make(int rows, int columns, Func<int, double> variance, ulong seed, Func<int, double, double> change)
    {
        double[] roots = [.. Enumerable.Range(1, columns).Select(mode => Math.Sqrt(variance(mode)))];
        var values = new double[rows * columns];
        for (var row = 0; row < rows; row++)
        {
            var target = values.AsSpan(row * columns, columns);
            GaussianGenerator.Fill(new GaussianAddress(seed, 0, 0, row), 0, target);
            for (var column = 0; column < columns; column++)
                target[column] = roots[column] * change((row * columns) + column, target[column]);
        }

        return new DataMatrix(rows, columns, values);
    }

    private static double Chi(int freedom, ulong seed, int index)
    {
        Span<double> numbers = stackalloc double[freedom];
        GaussianGenerator.Fill(new GaussianAddress(seed, 0, 0, index), 0, numbers);
        var sum = 0.0;
        foreach (var number in numbers)
            sum += number * number;
        return sum;
    }
}
