using System.Runtime.InteropServices;
using System.Text;
using Eigenflow.Data;
using Eigenflow.Random;
using Eigenflow.Spectra;

namespace Eigenflow.Tests.PhaseRetrieval;

/// <summary>Made-up rows with a known covariance.</summary>
internal static class RowData
{
    /// <summary>Normal rows whose coordinates are independent with the variances of a spectrum.</summary>
    public static DataMatrix Gaussian(int rows, Spectrum spectrum, ulong seed = 77)
    {
        var columns = (int)spectrum.Dimension;
        var values = new double[rows * columns];
        for (var row = 0; row < rows; row++)
        {
            GaussianGenerator.Fill(new GaussianAddress(seed, 9, 0, row), 0, values.AsSpan(row * columns, columns));
            for (var i = 0; i < columns; i++)
                values[(row * columns) + i] *= Math.Sqrt(spectrum[i]);
        }

        return new DataMatrix(rows, columns, values);
    }

    /// <summary>The same with whole rows scaled by √5 with probability 1/5 and by 0 otherwise: equal covariance, fourth moments five times as large, excess kurtosis 12.</summary>
    public static DataMatrix Sparse(int rows, Spectrum spectrum, ulong seed = 77)
    {
        var data = Gaussian(rows, spectrum, seed);
        for (var row = 0; row < rows; row++)
        {
            var scale = row % 5 == 0 ? Math.Sqrt(5) : 0;
            foreach (ref var value in data.Values.AsSpan(row * data.Columns, data.Columns))
                value *= scale;
        }

        return data;
    }

    /// <summary>The bytes of a .npy file.</summary>
    public static byte[] Npy(DataMatrix data)
    {
        var header = $"{{'descr': '<f8', 'fortran_order': False, 'shape': ({data.Rows}, {data.Columns}), }}".PadRight(117) + "\n";
        return [0x93, .. "NUMPY"u8, 1, 0, 118, 0, .. Encoding.ASCII.GetBytes(header), .. MemoryMarshal.AsBytes(data.Values.AsSpan())];
    }
}
