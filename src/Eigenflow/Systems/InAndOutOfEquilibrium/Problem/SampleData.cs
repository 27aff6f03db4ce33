using Eigenflow.Random;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>The data of problems that are made and not given.</summary>
internal static class SampleData
{
    /// <summary>Streams of random numbers of this system.</summary>
    public const int Rows = 0, Batches = 1, Thermal = 2;

    private const double NetworkNoise = 0.1;

    /// <summary>Rows x of covariance diag(i^(−a)) and targets y = x·w + s ξ with w_i = (−1)^(i−1)/i.</summary>
    public static (double[] Rows, double[] Targets) Regression(int samples, int dimension, double exponent, double noiseScale, long seed)
    {
        double[] rows = new double[samples * dimension], targets = new double[samples], sample = new double[dimension + 1];
        for (var i = 0; i < samples; i++)
        {
            GaussianGenerator.Fill(new GaussianAddress((ulong)seed, Rows, 0, i), 0, sample);
            targets[i] = noiseScale * sample[dimension];
            for (var k = 0; k < dimension; k++)
            {
                var x = rows[(i * dimension) + k] = sample[k] * Math.Pow(k + 1, -exponent / 2);
                targets[i] += x * ((k % 2) == 0 ? 1.0 : -1.0) / (k + 1);
            }
        }

        return (rows, targets);
    }

    /// <summary>Rows of mean zero and covariance s² diag(i^(−a)).</summary>
    public static double[] Mean(int samples, int dimension, double exponent, double noiseScale, long seed)
    {
        var rows = Regression(samples, dimension, exponent, noiseScale, seed).Rows;
        for (var k = 0; k < rows.Length; k++)
            rows[k] *= noiseScale;
        return rows;
    }

    /// <summary>x from −3 in equal steps up to but not with 3, and y = exp(−x²) + 0.1 ξ.</summary>
    public static (double[] Inputs, double[] Targets) Network(int samples, long seed)
    {
        double[] inputs = new double[samples], targets = new double[samples], noise = new double[samples];
        GaussianGenerator.Fill(new GaussianAddress((ulong)seed, Rows, 0, 0), 0, noise);
        for (var i = 0; i < samples; i++)
        {
            inputs[i] = -3 + (6.0 * i / samples);
            targets[i] = Math.Exp(-inputs[i] * inputs[i]) + (NetworkNoise * noise[i]);
        }

        return (inputs, targets);
    }

    /// <summary>Six rows of two numbers without randomness: X_ij = 2 frac(√2 i + √3 j + √5 ij) − 1 and y_i = x_i·(1, −½) + 0.7 cos 37i, counted from one.</summary>
    public static (double[] Rows, double[] Targets) Reference(int samples = 6)
    {
        double[] rows = new double[2 * samples], targets = new double[samples];
        for (var i = 1; i <= samples; i++)
        {
            for (var j = 1; j <= 2; j++)
            {
                var phase = (Math.Sqrt(2) * i) + (Math.Sqrt(3) * j) + (Math.Sqrt(5) * i * j);
                rows[(2 * (i - 1)) + j - 1] = (2 * (phase - Math.Floor(phase))) - 1;
            }

            targets[i - 1] = rows[2 * (i - 1)] - (0.5 * rows[(2 * (i - 1)) + 1]) + (0.7 * Math.Cos(37.0 * i));
        }

        return (rows, targets);
    }
}
