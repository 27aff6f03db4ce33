using Eigenflow.Numerics.Dense;
using Eigenflow.Random;

namespace Eigenflow.Spectra.Estimation;

/// <summary>One Gaussian sample of n rows whose covariance can be changed afterwards: the random numbers stay, so that its eigenvalues are a smooth function of the population spectrum.</summary>
internal sealed class SampleSimulation
{
    private const double Smallest = 1e-300;
    private const int SimulationStream = 14;

    // Above this number of numbers the products of Gaussian rows are made from their Bartlett factor.
    private const long MostNumbers = 1L << 24;

    // So they are where rows are this many times the columns: the cube is accurate to 1e-3 of a standard deviation there.
    private const long FactoredRatio = 8;
    private const long MostRows = 2000;

    private readonly long samples;
    private readonly int features;
    private readonly double[] numbers;

    /// <summary>Draws it.</summary>
    /// <param name="samples">n, degrees of freedom.</param>
    /// <param name="features">d.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="index">Number of the sample.</param>
    public SampleSimulation(long samples, int features, ulong seed, int index)
    {
        (this.samples, this.features) = (samples, features);
        var address = new GaussianAddress(seed, SimulationStream, index, 0);
        if (samples < features)
        {
            // Rows of the transposed sample: features × samples.
            numbers = new double[samples * features];
            GaussianGenerator.Fill(address, 0, numbers);
            return;
        }

        numbers = new double[(long)features * features];
        if (!IsFactored(samples, features))
        {
            var rows = new double[samples * features];
            GaussianGenerator.Fill(address, 0, rows);
            MatrixProduct.MultiplyTransposed(rows, rows, numbers, features, (int)samples, features);
        }
        else
        {
            Bartlett(address);
        }
    }

    /// <summary>Logarithms of the leading eigenvalues of the sample covariance for a population spectrum.</summary>
    public double[] Logarithms(double[] spectrum, int count)
    {
        var size = (int)Math.Min(samples, features);
        var matrix = new double[(long)size * size];
        if (samples < features)
        {
            var scaled = new double[numbers.Length];
            for (var k = 0; k < features; k++)
            {
                var root = Math.Sqrt(spectrum[k]);
                for (var i = 0; i < size; i++)
                    scaled[((long)k * size) + i] = numbers[((long)k * size) + i] * root;
            }

            MatrixProduct.MultiplyTransposed(scaled, scaled, matrix, size, features, size);
        }
        else
        {
            for (var i = 0; i < size; i++)
            {
                for (var j = 0; j < size; j++)
                    matrix[((long)i * size) + j] = numbers[((long)i * size) + j] * Math.Sqrt(spectrum[i] * spectrum[j]);
            }
        }

        var values = DenseAlgebra.Best.SymmetricEigenvalues(matrix, size);
        var logs = new double[count];
        for (var i = 0; i < count; i++)
            logs[i] = Math.Log(Math.Max(values[i] / samples, Smallest));
        return logs;
    }

    /// <summary>Rows of random numbers that a simulation multiplies: the larger of n and d, or d where their products are drawn.</summary>
    public static double Drawn(long samples, int features) => IsFactored(samples, features) ? features : Math.Max(samples, features);

    private static bool IsFactored(long samples, int features) => samples * features > MostNumbers || (samples > MostRows && samples >= FactoredRatio * features);

    // L Lᵀ with normal numbers below the diagonal and chi variables of n − i degrees of freedom on it, by Wilson and Hilferty's cube: n is far larger than d here.
    private void Bartlett(GaussianAddress address)
    {
        double[] factor = new double[(long)features * features], transposed = new double[(long)features * features];
        GaussianGenerator.Fill(address, 0, factor);
        for (var i = 0; i < features; i++)
        {
            double degrees = samples - i, part = 2 / (9 * degrees);
            var cube = 1 - part + (factor[((long)i * features) + i] * Math.Sqrt(part));
            factor[((long)i * features) + i] = Math.Sqrt(degrees * cube * cube * cube);
            for (var j = i + 1; j < features; j++)
                factor[((long)i * features) + j] = 0;
        }

        MatrixProduct.Transpose(factor, transposed, features, features);
        MatrixProduct.Multiply(factor, transposed, numbers, features, features, features);
    }
}
